"""Random samples of hostile texts; `make test-full` tries all of them."""

import os
import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def is_full_run() -> bool:
    """Whether the run was asked for every sample (`--full`)."""
    return os.environ.get("TEST_FULL") == "1"


def sample(items: Sequence[Item], number: int) -> list[Item]:
    """Some of the items; in a full run all."""
    return list(items) if is_full_run() else random.sample(items, min(number, len(items)))
