"""Django's serializer with moments to the letter, for the history and for dumps of the database.

Its own cuts them to thousandths of a second. A row that was brought back by its history, or moved
to another database, would differ from what a pack has loaded, and be taken for edited.
"""

from datetime import datetime
from typing import Any

from django.core.serializers.json import Deserializer as Deserializer
from django.core.serializers.json import DjangoJSONEncoder
from django.core.serializers.json import Serializer as JSONSerializer


class ExactEncoder(DjangoJSONEncoder):
    """Writes every digit of a moment."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class Serializer(JSONSerializer):
    """Writes rows with this encoder."""

    def serialize(self, queryset: Any, **options: Any) -> Any:
        return super().serialize(queryset, cls=ExactEncoder, **options)
