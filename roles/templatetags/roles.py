"""Template tags about roles, for pages of skills and of roles."""

from django import template

from roles.importance import importance_legend
from roles.profiles import roles_requiring

register = template.Library()
register.filter(importance_legend)
register.simple_tag(roles_requiring)
