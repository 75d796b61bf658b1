"""The form of the loop builder."""

from collections.abc import Mapping
from typing import ClassVar

from content.choices import KeyChoiceField
from content.numbers import WholeNumberField
from hiring.loops import MAX_ROUNDS
from interviews.level_forms import LevelForm
from roles.models import Role

#: The number of interviews in a loop, and the minutes of each, where an address does not say them.
DEFAULT_ROUNDS, DEFAULT_MINUTES = 3, 45


class LoopForm(LevelForm):
    """For which level and role, in how many interviews, how long each."""

    role = KeyChoiceField(Role.objects.published(), required=False, empty_label="Any role")
    rounds = WholeNumberField(
        label="Interviews", min_value=1, max_value=MAX_ROUNDS, initial=DEFAULT_ROUNDS
    )
    minutes = WholeNumberField(
        label="Minutes each", min_value=15, max_value=180, initial=DEFAULT_MINUTES
    )

    action = "hiring:loop_builder"
    button = "Propose a loop"
    defaults: ClassVar[Mapping[str, object]] = {
        "rounds": DEFAULT_ROUNDS,
        "minutes": DEFAULT_MINUTES,
    }
