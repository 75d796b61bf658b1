"""What pages of skills and above say of skills."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from content.linked_data import linked_data, part
from skills.models import Proficiency, Skill

register = template.Library()


@register.simple_tag(takes_context=True)
def defined_term(context: Context, skill: Skill) -> SafeString:
    """The skill as programs read it: a term of the vocabulary that its collection is."""
    absolute, collection = context["request"].build_absolute_uri, skill.collection
    vocabulary = part("DefinedTermSet", name=collection.title, url=absolute(collection.get_absolute_url()))
    return linked_data(
        "DefinedTerm",
        name=skill.title,
        alternateName=skill.aliases.splitlines(),
        description=skill.summary,
        inDefinedTermSet=vocabulary,
        url=absolute(skill.get_absolute_url()),
    )


@register.filter
def steps_explained(rows: Iterable[Any]) -> list[Proficiency]:
    """The proficiencies that rows name and whose scale says what they mean, each once, the lowest first."""
    named = {row.proficiency.pk: row.proficiency for row in rows if row.proficiency and row.proficiency.summary}
    return sorted(named.values(), key=lambda step: (step.position, step.pk))
