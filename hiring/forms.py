"""The form of the loop builder."""

from collections.abc import Mapping
from typing import Any, ClassVar

from content.filters import KeyChoiceField
from content.numbers import WholeNumberField
from hiring.loops import MOST_ROUNDS
from interviews.level_forms import LevelForm
from roles.models import Role

#: Interviews of a loop, and minutes of each, where nothing else is said.
USUAL_ROUNDS, USUAL_ROUND = 3, 45


class LoopForm(LevelForm):
    """For which level and role, in how many interviews, how long each."""

    role = KeyChoiceField(Role.objects.published(), required=False, empty_label="Any role")
    rounds = WholeNumberField(
        label="Interviews", min_value=1, max_value=MOST_ROUNDS, initial=USUAL_ROUNDS
    )
    minutes = WholeNumberField(
        label="Minutes each", min_value=15, max_value=180, initial=USUAL_ROUND
    )

    action = "hiring:loop_builder"
    button = "Propose a loop"
    usual: ClassVar[Mapping[str, Any]] = {"rounds": USUAL_ROUNDS, "minutes": USUAL_ROUND}
