"""The list of questions for a role: first those made for it, then those for any role."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from django.db.models import Count, OrderBy, Q, QuerySet

from content.lists import COUNTED, BoundedPaginator
from interviews.models import Question
from interviews.models.questions import QuestionQuerySet
from roles.models import Role


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
        in_both = questions.for_role(role).with_is_for_any_role()
        self._in_both = in_both.order_by("is_for_any_role", *order)

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many questions the first group and both have, counted up to `COUNTED` + 1.

        One query, or two if both have more.
        """
        counts = self._in_both.order_by()[: COUNTED + 1].aggregate(
            first_group=Count("pk", filter=Q(is_for_any_role=False)), both=Count("pk")
        )
        first_group, both = counts["first_group"], counts["both"]
        if both > COUNTED:
            first_group = self._for_this_role.order_by()[: COUNTED + 1].count()
        return first_group, both

    def __len__(self) -> int:
        return self.counts[1]

    @overload
    def __getitem__(self, index: int) -> Question: ...

    @overload
    def __getitem__(self, index: slice) -> list[Question]: ...

    def __getitem__(self, index: int | slice) -> Question | list[Question]:
        """The questions of a slice, whose ends are known. One query, and those of `for_list`."""
        if isinstance(index, int):
            return self[index : index + 1][0]
        first_group, _ = self.counts
        start, end = index.start, index.stop
        keys = _keys(self._for_this_role[start:end])
        if end > first_group:
            others = self._for_any_role[max(start - first_group, 0) : end - first_group]
            keys = keys.union(_keys(others), all=True)
        return list(self._in_both.filter(pk__in=keys))

    def groups(self, questions: Sequence[Question]) -> list[QuestionGroup]:
        """Questions of one page under the headings of their groups."""
        first_group, both = self.counts
        in_first = min(first_group, COUNTED)
        in_second = min(both, COUNTED) - in_first
        for_this_role = _number(in_first, is_all=first_group <= COUNTED)
        for_any_role = _number(in_second, is_all=both <= COUNTED)
        headings = {
            False: f"Made for {self.role} ({for_this_role})",
            True: f"For any role ({for_any_role})",
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
        return len(self.object_list)


def _keys(questions: QuestionQuerySet) -> QuerySet:
    """The primary keys of some questions, as a query that can be joined with another one."""
    return Question.objects.filter(pk__in=questions.values("pk")).order_by().values("pk")


def _number(counted: int, *, is_all: bool) -> str:
    return f"{counted:,}" if is_all else f"more than {counted:,}"
