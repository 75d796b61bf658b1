"""Pages of lists.

A page that is not there is the nearest there is, and very many rows cost no more than many.
"""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from content.numbers import WHOLE_DIGITS, plain_whole

#: Rows that are counted and can be paged through; of more than that, filters leave fewer.
COUNTED = 10_000


class NearestPaginator(Paginator):
    """Pages by a number that somebody typed."""

    def get_page(self, number: Any) -> Page[Any]:
        """The page with this number, or the nearest there is; the first, if it is no number."""
        plain = plain_whole(str(number))
        return super().get_page(max(int(plain[:WHOLE_DIGITS]), 1) if plain else 1)


class BoundedPaginator(NearestPaginator):
    """Pages of the first rows of a queryset."""

    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        """How many rows there are, up to `COUNTED`."""
        return min(self._seen, COUNTED)

    @property
    def more(self) -> bool:
        """Whether there are more than that."""
        return self._seen > COUNTED

    @cached_property
    def _seen(self) -> int:
        return self.object_list.order_by()[: COUNTED + 1].count()
