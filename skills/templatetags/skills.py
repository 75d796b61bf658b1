"""What pages of skills and above say of skills."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from content.linked_data import linked_data, part
from skills.models import Skill

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
