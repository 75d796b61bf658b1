"""What the pages below show of guides."""

from django import template
from django.db.models import QuerySet

from guides.models import Guide
from ladders.models import Ladder
from roles.models import Role
from skills.models import Skill

RELATIONS = {Role: "roles", Skill: "skills", Ladder: "ladders"}

register = template.Library()


@register.simple_tag
def guides_about(thing: Role | Skill | Ladder) -> QuerySet[Guide]:
    """The public guides that speak of this role, skill or ladder."""
    return Guide.objects.filter(**{RELATIONS[type(thing)]: thing}).published(within=thing.collection)
