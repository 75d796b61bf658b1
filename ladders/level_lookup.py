"""The level that an address names, with the table of its ladder."""

from django.http import Http404, HttpRequest

from content.models import SlugRedirect
from content.pages import Moved, get_visible
from ladders.level_order import LevelOrder, load_levels, load_moves
from ladders.models import Ladder, Level, LevelMove
from ladders.requirements import RequirementMatrix, load_required_skills


def get_level(
    request: HttpRequest, key: str, slug: str
) -> tuple[Level, RequirementMatrix, list[LevelMove]]:
    """Read a level that the visitor may see, the table of its ladder, and the moves of the ladder.

    :param key: the key of the ladder.
    :param slug: the slug of the level.
    :raises Moved: if the ladder or the level was renamed.
    :raises Http404: if there is no such level.
    """
    ladder = get_visible(Ladder.objects.all(), request, key)
    levels = load_levels(ladder)
    for level in levels:
        if level.slug == slug:
            moves = load_moves(levels)
            required_skills = load_required_skills(levels, with_ranks=True)
            return level, RequirementMatrix(LevelOrder(levels, moves), required_skills), moves
    former = SlugRedirect.objects.keys(Level, slug, within=ladder.pk)
    renamed = Level.objects.published().filter(ladder=ladder, pk__in=former).first()
    if renamed:
        raise Moved(slug=renamed.slug)
    raise Http404
