"""Links between rows that either row can do without."""

from typing import Any

from django.apps import apps
from django.db.models import Model

from content.base_models import ContentModel
from editing.lost_links import optional_links
from tests import factories


def point_at(target: Model) -> list[tuple[Any, str]]:
    """A row for every optional link to rows of this kind, and the name of its field."""
    found = []
    for model in apps.get_models():
        for each in optional_links(model) if issubclass(model, ContentModel) else ():
            if each.related_model is type(target):
                row: Any = getattr(factories, f"{model.__name__}Factory")()
                if each.many_to_many:
                    getattr(row, each.name).add(target)
                else:
                    setattr(row, each.name, target)
                    row.save()
                found.append((row, each.name))
    return found
