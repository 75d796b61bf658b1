"""Calls in one chunk of Python's stack.

CPython since 3.11 stores the frames of a thread in chunks of 16 kB (`push_chunk` in
`Python/pystate.c`). A call that no longer fits maps a new chunk, and its return unmaps it. A loop
whose calls are just at the end of a chunk does so each time: such a call takes 200 times as long.
Pages of the admin, whose calls are nested deeply, spent up to a third of their time on it.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

#: Words of 8 bytes that the frame asks for. CPython rounds its chunk up to 1 MB, which leaves
#: 250 kB for the frames of further calls, about a thousand. Memory is allocated as frames use it.
LARGE_FRAME = 100_000


def with_large_stack(function: Callable[P, R]) -> Callable[P, R]:
    """The function, all calls of which are in one chunk.

    Its frame is larger than a chunk, so it gets one of its own.
    """

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    call.__code__ = call.__code__.replace(co_stacksize=LARGE_FRAME)
    return wraps(function)(call)
