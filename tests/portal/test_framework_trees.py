"""The mappings of trees and Markdown load their frameworks completely, counted in the database."""

from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Model

from content.models import Collection
from guides.models import Guide
from interviews.models import Anchor, Probe, Question, QuestionSet, SetItem, SetSection
from ladders.models import Expectation, Ladder, Level
from roles.models import Role, SkillRequirement
from skills.models import Indicator, LearningResource, Scale, Skill, SkillDescriptor, SkillGroup
from tests.frameworks import folder, makes_round_trip
from tests.pack_files import assert_comes_back
from tests.samples import sample

pytestmark = [pytest.mark.django_db, pytest.mark.frameworks, pytest.mark.one_database]


def load(name: str, *options: str, within: str = "", mapping: str = "") -> str:
    """What the command prints.

    :param within: the file of the framework that is the source; else it is the whole folder.
    :param mapping: what it is called, if not as the framework.
    """
    printed = StringIO()
    call_command(
        "import_table", mapping or name, str(folder(name) / within), *options, stdout=printed
    )
    return printed.getvalue()


def assert_round_trip(
    name: str, folder: Path, *options: str, within: str = "", mapping: str = ""
) -> None:
    """A second load changes nothing, and what goes out as a pack comes in again.

    For every framework in a full run.
    """
    if makes_round_trip(name):
        assert load(name, *options, within=within, mapping=mapping).startswith(
            "0 created, 0 changed"
        )
        assert_comes_back(folder)


def rows_of(*models: type[Model]) -> list[int]:
    """How many rows each model has."""
    return [model._default_manager.count() for model in models]


def kinds(*, of: type[Model] = Expectation) -> dict[str, int]:
    """How many rows there are of each kind."""
    return dict(Counter(of._default_manager.values_list("kind", flat=True)))


@pytest.mark.full
def test_dropbox_is_loaded_whole(tmp_path: Path) -> None:
    load("dropbox-dbx-career-framework")
    assert rows_of(Role, Ladder, Level, Guide) == [9, 9, 48, 15]
    # What introduces a pillar on a page is none of the 2,930 sentences.
    assert kinds() == {"expectation": 2930, "note": 32}
    ladder = Ladder.objects.get(slug="technical-program-manager")
    assert str(ladder.role) == "Technical Program Manager"
    assert [level.code for level in ladder.levels.all()] == [
        "IC1",
        "IC2",
        "IC3",
        "IC4",
        "IC5",
        "IC6",
    ]
    assert ladder.levels.get(code="IC5").title == "Staff Technical Program Manager"
    managers = Ladder.objects.get(slug="engineering-manager").levels.values_list(
        "code", "track", "position"
    )
    assert list(managers)[0] == ("M3", "manager", 3)
    assert_dropbox_keeps_order_headings_and_links()
    assert_round_trip("dropbox-dbx-career-framework", tmp_path)


def assert_dropbox_keeps_order_headings_and_links() -> None:
    level = Level.objects.get(ladder__slug="technical-program-manager", code="IC4")
    assert level.summary.startswith("I independently drive complex multi-phase programs")
    headings = [
        needed.skill or needed.group for needed in level.expectations.filter(kind="expectation")
    ]
    assert list(dict.fromkeys(str(heading) for heading in headings))[:6] == [
        "Scope",
        "Collaborative Reach",
        "Impact Levers",
        "Impact",
        "Ownership",
        "Decision Making",
    ]
    assert Expectation.objects.filter(
        text__contains="](https://dropbox.github.io/dbx-career-framework/"
    ).exists()
    assert not Expectation.objects.filter(text__contains="<").exists()
    # Two spellings of a name are one skill; sentences without a name belong to their pillar.
    assert Skill.objects.filter(title__iexact="personal growth").count() == 1
    unnamed = Expectation.objects.filter(level__code="M6", group__title__contains="Direction")
    assert [expectation.text for expectation in unnamed][0] == "**Agility**"


@pytest.mark.full
def test_monzo_is_loaded_but_for_one_file_that_is_refused_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        load("monzo-progression-framework")
    assert str(refused.value).splitlines() == [
        "frameworks/people.md line 205: use spaces instead of a tab",
        "1 refused; nothing was saved.",
    ]
    assert not Ladder.objects.exists()
    assert "1 refused." in load("monzo-progression-framework", "--skip-refused")
    assert rows_of(Ladder, SkillGroup, Skill, Guide) == [13, 13, 65, 3]
    # Of 84 criteria that are explained by examples each is one row with them.
    assert kinds() == {"expectation": 1156, "example": 84}
    assert not Ladder.objects.filter(title__contains="People").exists()
    assert_levels_and_topics_of_monzo_stay_those_of_their_ladder()
    assert_round_trip("monzo-progression-framework", tmp_path, "--skip-refused")


def assert_levels_and_topics_of_monzo_stay_those_of_their_ladder() -> None:
    leaders = Ladder.objects.get(slug="operations-ops-leadership")
    assert [level.code for level in leaders.levels.all()] == ["2", "3", "4", "5", "6"]
    assert leaders.extra["levels"] == "5"
    named = Skill.objects.filter(title="communication")
    assert named.count() > 5
    assert len({skill.group_id for skill in named}) == named.count()
    leading = Expectation.objects.filter(skill__slug="engineering-backend-leadership")
    assert {expectation.level.position for expectation in leading} == {3, 4, 5, 6}


@pytest.mark.full
def test_snowflake_is_loaded_whole(tmp_path: Path) -> None:
    load("medium-snowflake")
    assert rows_of(Skill, SkillDescriptor, Indicator, SkillGroup) == [16, 80, 480, 4]
    assert kinds(of=Indicator) == {"indicator": 240, "example": 240}
    points = Scale.objects.get().proficiencies.values_list("value", flat=True)
    assert list(points) == [0, 1, 3, 6, 12, 20]
    titles = Ladder.objects.get(slug="titles")
    assert titles.rule == "points"
    assert [(level.title, level.extra.get("max_points")) for level in titles.levels.all()] == [
        ("Engineer I", "16"),
        ("Engineer II", "35"),
        ("Senior Engineer", "57"),
        ("Group Lead", "57"),
        ("Staff Engineer", "89"),
        ("Senior Group Lead", "89"),
        ("Principal Engineer", None),
        ("Director of Engineering", None),
    ]
    codes = [level.code for level in Ladder.objects.get(slug="levels").levels.all()]
    assert (len(codes), codes[0], codes[-1]) == (15, "1.1", "5.3")
    assert_round_trip("medium-snowflake", tmp_path)


@pytest.mark.drawn(2, of="frameworks loaded whole")
def test_codecademy_is_loaded_whole_and_repeats_stay(tmp_path: Path) -> None:
    load("codecademy-engineering-competencies")
    assert rows_of(Ladder, Level, SkillGroup, Expectation) == [2, 9, 5, 229]
    engineers = Expectation.objects.filter(level__ladder__slug="engineers")
    managers = Expectation.objects.filter(level__ladder__slug="engineering-managers")
    assert [rows.count() for rows in (engineers, managers)] == [104, 125]
    # SOURCE.md has 59 distinct statements for engineers: one has a second line at one level and
    # not at the other.
    assert [rows.values("text").distinct().count() for rows in (engineers, managers)] == [60, 80]
    assert not Level.objects.filter(title="FAQ").exists()
    assert Guide.objects.get(slug="faq").body.startswith("### Why these competencies?")
    assert Level.objects.get(title="VP").summary.startswith("You are a manager who is responsible")
    assert_round_trip("codecademy-engineering-competencies", tmp_path)


def test_the_grades_of_take_home_projects_are_anchors() -> None:
    load("codecademy-engineering-competencies")
    assert rows_of(QuestionSet, Question) == [2, 8]
    assert dict(Counter(Anchor.objects.values_list("rating", flat=True))) == {
        1: 6,
        2: 8,
        3: 8,
        4: 8,
    }


@pytest.mark.full
def test_the_us_digital_service_is_loaded_whole(tmp_path: Path) -> None:
    load("usds-sme-qa")
    assert rows_of(Role, Scale, Skill) == [4, 3, 26 + 12]
    # Two sets have one text for each of their eleven competencies, under “meets”.
    assert rows_of(SkillDescriptor) == [45 + 48 + 11]
    assert SkillRequirement.objects.filter(proficiency__isnull=False).count() == 15
    assert rows_of(SkillRequirement, QuestionSet, Question) == [26, 2, 6]
    listed = Skill.objects.get(slug="engineering-firefighting")
    assert listed.body.startswith("- Methodical approach")
    named = Skill.objects.filter(title="Technical Communication")
    assert len({skill.body for skill in named}) == named.count() > 1
    assert_round_trip("usds-sme-qa", tmp_path)


@pytest.mark.full
def test_follow_ups_of_the_us_digital_service_are_required_or_not_and_placeholders_survive() -> (
    None
):
    load("usds-sme-qa")
    probes = Question.objects.get(slug="chief-executive-briefing-depth").probes.all()
    assert [probe.required for probe in probes] == [True, True, True]
    question = Question.objects.get(slug="phone-interview-question-1-required")
    assert question.prompt.startswith("<insert question 1>")
    assert "{CORE-COMPETENCY-1}" in question.prompt
    asked = question.probes.values_list("required", "text")
    assert list(asked)[:2] == [
        (True, "<insert follow-up questions>"),
        (False, "What would you do next?"),
    ]
    assert [probe.text for probe in question.probes.all()][
        5
    ] == "Is there anything else you would suggest?"
    assert "{% include" in Guide.objects.get(slug="interview-assessment-ratings").body
    assert "{{ page.intro }}" in Guide.objects.get(slug="defining-competencies").body


@pytest.mark.drawn(2, of="frameworks loaded whole")
def test_the_guides_of_18f_are_loaded_with_their_conditions_and_choices(tmp_path: Path) -> None:
    load("18f-engineering-interview-guides")
    assert rows_of(QuestionSet, Guide) == [5, 14]
    values = SetSection.objects.filter(question_set__slug="core-values")
    assert SetItem.objects.filter(section__in=values).count() == 25
    assert {section.choose for section in values} == {None, 1}
    probes = Probe.objects.filter(question__slug__startswith="core-values")
    assert dict(Counter(probes.values_list("depth", flat=True))) == {0: 21, 1: 1}
    assert dict(Counter(probes.values_list("condition", flat=True)))["If yes"] == 5
    phone = QuestionSet.objects.get(slug="phone-screens")
    places = SetItem.objects.filter(section__question_set=phone)
    # Some are asked for two jobs or three.
    assert [places.count(), places.values("question").distinct().count()] == [34, 30]
    assert phone.outro.startswith("**Thank you for your focus!**")
    assert "{{site.baseurl}}" in phone.outro
    assert "{% include unconscious-bias-warning.html %}" in Guide.objects.get(slug="technical").body
    assert_round_trip("18f-engineering-interview-guides", tmp_path)


@pytest.mark.full
def test_the_tech_interview_handbook_is_loaded_whole(tmp_path: Path) -> None:
    load("tech-interview-handbook-behavioral")
    asked = SetItem.objects.filter(section__question_set__sections__slug="questions")
    assert asked.count() == 116
    assert QuestionSet.objects.filter(sections__slug="questions").count() == 12
    first = QuestionSet.objects.get(position=1).sections.get()
    assert first.items.count() == 29
    assert rows_of(Scale, Skill, SkillDescriptor, Guide) == [2, 7 + 4, 18 + 16, 6]
    assert Question.objects.filter(audience="candidate").count() == 53
    assert "import InDocAd from" in Guide.objects.get(slug="final-questions").body
    assert (
        Question.objects.get(slug="what-do-you-know-about-role-and-why").prompt.count(
            "&lt;role&gt;"
        )
        == 1
    )
    assert_round_trip("tech-interview-handbook-behavioral", tmp_path)


@pytest.mark.full
def test_the_front_end_questions_are_loaded_whole(tmp_path: Path) -> None:
    load("h5bp-front-end-interview-questions")
    counted = {
        one.slug: SetItem.objects.filter(section__question_set=one).count()
        for one in QuestionSet.objects.all()
    }
    assert counted == {
        "general-questions": 29,
        "html-questions": 13,
        "css-questions": 35,
        "javascript-questions": 49,
        "testing-questions": 5,
        "performance-questions": 3,
        "network-questions": 7,
        "coding-questions": 12,
        "fun-questions": 4,
    }
    # SOURCE.md counts 27 follow-ups; the pages have 19 bullets below bullets.
    assert rows_of(Probe, LearningResource) == [19, 1]
    prompt = Question.objects.get(slug="coding-questions-what-is-the-value-of-foo").prompt
    assert prompt == "What is the value of `foo`?\n\n```javascript\nvar foo = 10 + '20';\n```"
    assert_round_trip("h5bp-front-end-interview-questions", tmp_path)


#: Their language, the places of questions in the list and the follow-ups: bullets and paragraphs of
#: the file, counted.
TRANSLATIONS = {
    "arabic": ("ar", 131, 17),
    "chinese-traditional": ("zh-Hant", 138, 18),
    "farsi": ("fa", 130, 16),
    "french": ("fr", 145, 16),
    "german": ("de", 144, 17),
    "greek": ("el", 109, 27),
    "hindi": ("hi", 149, 10),
    "japanese": ("ja", 103, 23),
    "korean": ("ko", 138, 16),
    "turkish": ("tr", 133, 16),
    "vietnamese": ("vi", 135, 16),
}


#: Translations that one run loads.
LOADED = 2


def test_a_translation_of_the_front_end_questions_is_a_collection_of_its_own(
    tmp_path: Path,
) -> None:
    for file in sample(list(TRANSLATIONS), LOADED):
        assert_translation_is_loaded(file, tmp_path / file)
        Collection.objects.all().delete()


def assert_translation_is_loaded(file: str, tmp_path: Path) -> None:
    name = "h5bp-front-end-interview-questions"
    language, questions, probes = TRANSLATIONS[file]
    said = ["--set", f"id={name}-{language.lower()}", "--set", f"language={language}"]
    load(name, *said, within=f"translations/{file}.md", mapping=f"{name}-translation")
    assert Collection.objects.get().language == language
    assert rows_of(SetItem, Probe) == [questions, probes]
    assert not Question.objects.filter(prompt__contains="<li>").exists()
    assert_round_trip(
        name, tmp_path, *said, within=f"translations/{file}.md", mapping=f"{name}-translation"
    )
