"""Requests whose calls fit into one chunk of Python's stack."""

import inspect

import pytest

from tpm_portal import wsgi
from tpm_portal.operations.call_stack import LARGE_FRAME, with_large_stack


def divide(number: int, *, by: int) -> float:
    """Return a quotient."""
    return number / by


def depth() -> int:
    """Return how many calls are nested."""
    return len(inspect.stack(context=0))


def test_a_function_does_the_same_on_a_large_stack() -> None:
    divide_there = with_large_stack(divide)
    assert divide_there(6, by=3) == 2
    assert (divide_there.__name__, divide_there.__doc__) == (divide.__name__, divide.__doc__)
    with pytest.raises(ZeroDivisionError):
        divide_there(6, by=0)


def test_it_may_be_called_within_itself() -> None:
    assert with_large_stack(with_large_stack(depth))() == depth() + 2


def test_requests_are_answered_on_a_large_stack() -> None:
    assert inspect.unwrap(wsgi.application) is not wsgi.application
    assert wsgi.application.__code__.co_stacksize == LARGE_FRAME
