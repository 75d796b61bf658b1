"""How much a required skill matters, and what that means for readers and tools."""

from collections.abc import Iterable

from django.db.models import TextChoices


class Importance(TextChoices):
    """How much a requirement matters."""

    ESSENTIAL = "essential", "Essential"
    EXPECTED = "expected", "Expected"
    HELPFUL = "helpful", "Helpful"


#: The words of version 0.2.0, which packs and other files may still contain.
FORMER_IMPORTANCES = {"desirable": Importance.HELPFUL.value}
#: Importances in their order, the greatest first. One that is not stated may be the greatest.
IMPORTANCE_ORDER: dict[str, int] = {
    Importance.ESSENTIAL: 0,
    "": 0,
    Importance.EXPECTED: 1,
    Importance.HELPFUL: 2,
}
#: What each importance means, as a sentence.
MEANINGS: dict[str, str] = {
    Importance.ESSENTIAL: "Essential skills decide whether someone can do the job.",
    Importance.EXPECTED: "Expected skills are part of the job.",
    Importance.HELPFUL: "Helpful skills can be learned on the job.",
}


class ImportanceMixin:
    """What follows from the importance of a requirement."""

    __slots__ = ()

    importance: str

    @property
    def importance_label(self) -> str:
        """The importance for people; empty if it is not stated."""
        return str(Importance(self.importance).label) if self.importance else ""

    @property
    def importance_order(self) -> int:
        """Sorts requirements by their importance, the greatest first."""
        return IMPORTANCE_ORDER[self.importance]

    @property
    def is_essential(self) -> bool:
        """Whether the skill decides. One whose importance is not stated may do so, so it counts."""
        return self.importance in {Importance.ESSENTIAL, ""}

    @property
    def is_expected(self) -> bool:
        """Whether the skill is stated to be part of the job without deciding."""
        return self.importance == Importance.EXPECTED

    @property
    def is_helpful(self) -> bool:
        """Whether the skill helps without being required."""
        return self.importance == Importance.HELPFUL


def word_for_required(importances: Iterable[str]) -> str:
    """What skills of these importances are called together.

    That is essential, if it is stated of all of them.
    """
    return "essential" if set(importances) <= {Importance.ESSENTIAL} else "required"


def importance_difference(requirements: Iterable[ImportanceMixin]) -> int:
    """By how many importances these requirements of one skill differ.

    If one of them is not stated, all but the helpful ones count as alike.
    """
    rows = list(requirements)
    if all(row.importance for row in rows):
        orders = {row.importance_order for row in rows}
    else:
        orders = {IMPORTANCE_ORDER[Importance.HELPFUL] if row.is_helpful else 0 for row in rows}
    return max(orders, default=0) - min(orders, default=0)


def importance_legend(requirements: Iterable[ImportanceMixin]) -> str:
    """What the importances of these requirements mean; empty if none is stated."""
    stated = {row.importance for row in requirements}
    return " ".join(meaning for importance, meaning in MEANINGS.items() if importance in stated)
