"""What a page costs with 100 and with very many questions in the database"""

from collections.abc import Iterator
from statistics import median

from django.db import connection
from django.utils import timezone

from content.base_models import Status
from interviews.models import Question, QuestionSkill
from roles.models import Role
from skills.models import Skill
from tests.benchmarks.processor import Clock
from tests.benchmarks.report import QUICK, Row
from tests.benchmarks.visitor import Visitor
from tests.factories import home_collection

FEW, MANY = 100, 10_000 if QUICK else 100_000
AT_ONCE = 5_000
ROUNDS = 7 if QUICK else 15
#: "The same", on a machine that is never as fast twice; a cost that grew with the rows would be a
#: multiple.
LARGEST_RATIO = 1.5
#: Has budgets of its own, which depend on how much is found.
ELSEWHERE = {"search"}


def rows(vendor: str) -> Iterator[Row]:
    """One page of each type, before and after: its queries and its time."""
    add_questions(FEW)
    visitor = Visitor()
    pages = {
        view: paths[-1] for view, paths in visitor.page_types().items() if view not in ELSEWHERE
    }
    few = {path: cost(visitor, path) for path in pages.values()}
    for _ in range(FEW, MANY, AT_ONCE):
        add_questions(AT_ONCE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for view, path in pages.items():
        yield compared(f"{view} ({path})", few[path], cost(visitor, path))


def cost(visitor: Visitor, path: str) -> tuple[int, float]:
    """The queries of a page that has to be built, and its time as a multiple of some fixed work."""
    clock = Clock()
    paces = [clock.pace(lambda: visitor.ask_anew(path)) for _ in range(ROUNDS)]
    return visitor.queries(path), median(paces)


def compared(name: str, few: tuple[int, float], many: tuple[int, float]) -> Row:
    """How much more the page costs now."""
    ratio = many[1] / few[1]
    measured = f"× {ratio:.2f}, {few[0]} → {many[0]} queries"
    ok = ratio <= LARGEST_RATIO and many[0] <= few[0]
    return Row(name, measured, f"≤ × {LARGEST_RATIO}, as many queries, with {MANY:,} questions", ok)


def add_questions(count: int) -> None:
    """Published questions, spread over the kinds, the roles and the skills."""
    skills, roles = list(Skill.objects.published()), list(Role.objects.published())
    owner, now, start = home_collection(), timezone.now(), Question.objects.count()
    questions = Question.objects.bulk_create(
        Question(
            collection=owner,
            slug=f"question-{number}",
            title=f"A question about {skills[number % len(skills)].title.lower()}, number {number}",
            prompt=(
                "Tell me about a program whose *risks* you knew early. What did you do about them?"
            ),
            kind=Question.Kind.values[number % len(Question.Kind.values)],
            status=Status.PUBLISHED,
            published_at=now,
        )
        for number in range(start, start + count)
    )
    QuestionSkill.objects.bulk_create(
        QuestionSkill(question=question, skill=skills[place % len(skills)])
        for place, question in enumerate(questions)
    )
    asked_of = Question.roles.through
    asked_of.objects.bulk_create(
        asked_of(question=question, role=roles[place % len(roles)])
        for place, question in enumerate(questions)
    )
