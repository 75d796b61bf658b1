"""The list of questions for a role: first those made for it, then those for any role."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from django.db.models import OrderBy, QuerySet, Value

from content.lists import COUNTED, BoundedPaginator, count_by_value
from interviews.models import Question
from interviews.models.questions import QuestionQuerySet
from roles.models import Role

#: The names of the two groups in the query that counts them.
THIS_ROLE, ANY_ROLE = "this role", "any role"


@dataclass(frozen=True)
class QuestionGroup:
    """Questions of one page under a heading, which is empty if the list is not divided."""

    heading: str
    questions: Sequence[Question]


class QuestionsForRole(Sequence[Question]):
    """The questions that name a role, followed by those that name none.

    Each group is read in the order of an index; a query for both would have to sort all questions.

    :param questions: the questions that the other filters leave.
    :param order: the order of the questions within a group.
    """

    def __init__(
        self, questions: QuestionQuerySet, role: Role, order: Sequence[str | OrderBy]
    ) -> None:
        self.role = role
        self._for_this_role = questions.naming_role(role).order_by(*order)
        self._for_any_role = questions.for_any_role().order_by(*order)
        self._in_order = questions.with_is_for_any_role().order_by("is_for_any_role", *order)

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many questions each group has, counted up to `COUNTED` + 1. One query."""
        this_role = _count_query(THIS_ROLE, self._for_this_role)
        counted = this_role.union(_count_query(ANY_ROLE, self._for_any_role), all=True)
        numbers = {name: number for name, _, number in counted}
        return numbers.get(THIS_ROLE, 0), numbers.get(ANY_ROLE, 0)

    def __len__(self) -> int:
        return sum(self.counts)

    @overload
    def __getitem__(self, index: int) -> Question: ...

    @overload
    def __getitem__(self, index: slice) -> list[Question]: ...

    def __getitem__(self, index: int | slice) -> Question | list[Question]:
        """The questions of a slice, whose ends are known. One query, and those of `for_list`."""
        if isinstance(index, int):
            return self[index : index + 1][0]
        count, _ = self.counts
        first, end = index.start, index.stop
        keys = _keys(self._for_this_role[first:end])
        if end > count:
            others = self._for_any_role[max(first - count, 0) : end - count]
            keys = keys.union(_keys(others), all=True)
        return list(self._in_order.filter(pk__in=keys))

    def groups(self, questions: Sequence[Question]) -> list[QuestionGroup]:
        """Questions of one page under the headings of their groups."""
        this_role, any_role = self.counts
        headings = {
            False: f"Made for {self.role} ({_number(this_role)})",
            True: f"For any role ({_number(any_role)})",
        }
        groups = []
        for is_for_any_role, heading in headings.items():
            in_group = [row for row in questions if row.is_for_any_role == is_for_any_role]
            if in_group:
                groups.append(QuestionGroup(heading, in_group))
        return groups


class QuestionsForRolePaginator(BoundedPaginator):
    """Pages of the questions for a role."""

    object_list: QuestionsForRole  # type: ignore[assignment]

    @cached_property
    def bounded_count(self) -> int:
        return min(len(self.object_list), COUNTED + 1)


def _count_query(name: str, questions: QuestionQuerySet) -> QuerySet:
    """A query for the number of questions, counted up to `COUNTED` + 1."""
    keys = questions.order_by().values("pk")[: COUNTED + 1]
    return count_by_value(name, Question.objects.filter(pk__in=keys), Value(""))


def _keys(questions: QuestionQuerySet) -> QuerySet:
    """The primary keys of some questions, as a query that can be joined with another one."""
    return Question.objects.filter(pk__in=questions.values("pk")).order_by().values("pk")


def _number(count: int) -> str:
    return f"{count:,}" if count <= COUNTED else f"more than {COUNTED:,}"
