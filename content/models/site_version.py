"""How often the content of the site has changed."""

from django.db import models
from django.db.models import F


class SiteVersionQuerySet(models.QuerySet):
    """The one row that counts changes."""

    def bump(self) -> None:
        """Raise the version.

        Its row lock makes concurrent writers follow up one after the other.
        """
        if not self.filter(pk=1).update(version=F("version") + 1):
            self.create(pk=1, version=1)


class SiteVersion(models.Model):
    """How often content has changed: what is stored under an older version is stale."""

    version = models.PositiveBigIntegerField(default=0)

    objects = SiteVersionQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.version)
