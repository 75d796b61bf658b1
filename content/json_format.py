"""JSON: a strict reader for files of others, and Django's serializer with exact times.

Settings name this module as the serializer of rows, for the history and for dumps of the database.
Django's own serializer cuts times to milliseconds. A row that was restored by its history, or moved
to another database, would then differ from what a pack has loaded, and count as edited.
"""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from math import isinf
from sys import maxsize
from typing import NoReturn, TypeAlias

from django.core.serializers.json import Deserializer as Deserializer
from django.core.serializers.json import DjangoJSONEncoder
from django.core.serializers.json import Serializer as DjangoSerializer

from content import Untyped

JSONValue: TypeAlias = "str | int | float | bool | None | list[JSONValue] | dict[str, JSONValue]"
#: Characters before each value. An empty list takes two characters of a file, and thirty times as
#: much memory, so the number of values is limited and not only the length.
VALUE_MARKS = "[{,:"
#: Digits of a number that every database column can store and every JSON reader can read.
MAX_DIGITS = 18


class ExactEncoder(DjangoJSONEncoder):
    """Writes times with all digits."""

    def default(self, o: object) -> object:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class Serializer(DjangoSerializer):
    """Writes rows with `ExactEncoder`."""

    def serialize(self, queryset: Iterable, **options: Untyped) -> object:
        return super().serialize(queryset, cls=ExactEncoder, **options)


class InvalidJSONError(ValueError):
    """Text that is not JSON, or that the strict reader refuses; `line` is 0 if it is not known."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line

    def locate(self, file_name: str) -> str:
        """The location of the error in a file with this name, as messages begin with it."""
        return f"{file_name} line {self.line}" if self.line else file_name


def short_integer(digits: str) -> int:
    """
    :raises InvalidJSONError: if it has more than `MAX_DIGITS` digits.
    """
    if len(digits) > MAX_DIGITS:
        raise InvalidJSONError(f"the number {digits[:MAX_DIGITS]}… is too long")
    return int(digits)


def finite_number(digits: str) -> float:
    """
    :raises InvalidJSONError: if it is too large for a float.
    """
    number = float(digits)
    if isinf(number):
        raise InvalidJSONError(f"the number {digits[:MAX_DIGITS]} is too large")
    return number


def parse_strict_json(
    text: str,
    *,
    max_depth: int,
    max_values: int = maxsize,
    parse_int: Callable[[str], JSONValue] = short_integer,
    parse_float: Callable[[str], JSONValue] = finite_number,
) -> JSONValue:
    """The value of a JSON text that anyone may have written.

    :param max_depth: how deep lists and objects may be nested.
    :param max_values: how many values it may have.
    :param parse_int, parse_float: make values of the digits of numbers; `str` leaves them as they
        are written.
    :raises InvalidJSONError: if the text is not JSON, if it has too many values or is nested too
        deeply, if an object has a key twice, or if a number has more than `MAX_DIGITS` digits, is
        infinite or not a number.
    """
    if sum(map(text.count, VALUE_MARKS)) > max_values:
        raise InvalidJSONError(f"more than {max_values:,} values")
    try:
        value: JSONValue = json.loads(
            text,
            object_pairs_hook=_object_with_unique_keys,
            parse_int=parse_int,
            parse_float=parse_float,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise InvalidJSONError(f"not JSON ({error.msg})", error.lineno) from error
    except RecursionError as error:
        raise InvalidJSONError("nested too deeply") from error
    if _is_deeper_than(max_depth, value):
        raise InvalidJSONError("nested too deeply")
    return value


def _object_with_unique_keys(pairs: list[tuple[str, JSONValue]]) -> dict[str, JSONValue]:
    """
    :raises InvalidJSONError: if a key occurs twice; Python would take the last value.
    """
    result: dict[str, JSONValue] = {}
    for name, value in pairs:
        if name in result:
            raise InvalidJSONError(f"the key “{name}” appears twice in one object")
        result[name] = value
    return result


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidJSONError(f"{name} is not a JSON number")


def _is_deeper_than(limit: int, value: JSONValue) -> bool:
    """Whether lists and objects are nested deeper than this, found without recursion."""
    level = [value]
    for _ in range(limit):
        next_level: list[JSONValue] = []
        for parent in level:
            if isinstance(parent, dict):
                next_level += parent.values()
            elif isinstance(parent, list):
                next_level += parent
        level = next_level
    return bool(level)
