"""Reads every request as UTF-8, whatever charset its content type names.

No kind of form has such a parameter in its standard. Django reads it even for requests without a
body, and raises for names that Python knows but that are no encodings of text, such as `hex`.
"""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
BOUNDARY = "boundary="


def without_charset(application: Application) -> Application:
    """WSGI middleware, because Django reads the charset before its own middleware runs."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "CONTENT_TYPE" in environ:
            environ["CONTENT_TYPE"] = with_boundary_only(environ["CONTENT_TYPE"])
        return application(environ, start_response)

    return answer


def with_boundary_only(content_type: str) -> str:
    """The content type without parameters other than the boundary of its parts."""
    kind, *parameters = content_type.split(";")
    boundaries = [each for each in parameters if each.strip().lower().startswith(BOUNDARY)]
    return ";".join([kind, *boundaries])
