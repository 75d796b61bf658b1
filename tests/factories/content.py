"""Collections, and shared factories for the rows of collections."""

from typing import Any

from django.utils.text import slugify
from factory import LazyAttribute, LazyAttributeSequence, LazyFunction, Sequence
from factory.django import DjangoModelFactory

from content.base_models import Status
from content.change_tracking import tracking_changes
from content.models import Collection


def home_collection() -> Collection:
    """The portal's own collection, made on first use."""
    return Collection.objects.filter(is_home=True).first() or CollectionFactory(
        slug="portal", title="TPM Portal", is_home=True
    )


def slug_of_title(row: Any, number: int) -> str:
    """The slug an editor would get from the title.

    It is a number where the title has no ASCII letters.
    """
    return slugify(row.title)[:80].strip("-") or f"untitled-{number}"


class GatedFactory(DjangoModelFactory):
    """Makes a row and all rows it depends on in one change, so the search is updated once."""

    class Meta:
        abstract = True

    @classmethod
    def create(cls, **kwargs: Any) -> Any:
        with tracking_changes():
            return super().create(**kwargs)

    @classmethod
    def create_batch(cls, size: int, **kwargs: Any) -> list[Any]:
        with tracking_changes():
            return super().create_batch(size, **kwargs)


class CollectionFactory(GatedFactory):
    """A foreign collection; `home_collection` gives the portal's own."""

    class Meta:
        model = Collection

    title = Sequence(lambda n: f"Collection {n:04}")
    slug = LazyAttributeSequence(slug_of_title)
    summary = "A framework."
    status = Status.PUBLISHED
    publisher = "Example Publisher"
    version = "1.0"
    license = "CC-BY-4.0"
    license_url = "https://creativecommons.org/licenses/by/4.0/"
    attribution = "Example Publisher, CC BY 4.0"


class OwnedFactory(GatedFactory):
    """What rows of a collection share."""

    class Meta:
        abstract = True

    collection = LazyFunction(home_collection)
    slug = LazyAttributeSequence(slug_of_title)
    summary = LazyAttribute(lambda row: f"{row.title} in one sentence.")


class PublishableFactory(OwnedFactory):
    """What rows with a publishing state share."""

    class Meta:
        abstract = True

    status = Status.PUBLISHED
