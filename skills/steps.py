"""How far up its scale a proficiency stands, as columns of a queryset: step `step` of `steps`."""

from django.db.models import Count, OuterRef, QuerySet, Subquery

from skills.models import Proficiency


def steps(path: str = "proficiency") -> dict[str, Subquery]:
    """Annotations for rows that reach a proficiency through `path`."""
    scale = Proficiency.objects.filter(scale=OuterRef(f"{path}__scale"))
    return {
        "step": _count(scale.filter(position__lte=OuterRef(f"{path}__position"))),
        "steps": _count(scale),
    }


def _count(rows: QuerySet[Proficiency]) -> Subquery:
    return Subquery(rows.order_by().values("scale").annotate(number=Count("pk")).values("number"))
