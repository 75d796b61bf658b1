"""Collections, slugs and former addresses."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from content.base_models import Status
from content.fields import validate_slug
from content.models import Collection, CollectionItem, Publishable, SiteVersion, SlugRedirect
from skills.models import Skill
from tests import factories
from tests.factories import CollectionFactory, RoleFactory, SkillFactory, home_collection
from tests.refusals import codes, is_stored

pytestmark = pytest.mark.django_db

MADE = [
    made for made in vars(factories).values() if getattr(made, "_meta", None) and made._meta.model
]
OWNED = [made for made in MADE if issubclass(made._meta.model, CollectionItem)]
PUBLISHABLE = [made for made in MADE if issubclass(made._meta.model, Publishable)]


@pytest.mark.parametrize("slug", ["a", "risk-management", "l6", "2026", "a" * 80])
def test_a_slug_is_small_letters_digits_and_single_hyphens(slug: str) -> None:
    validate_slug(slug)


@pytest.mark.parametrize(
    "slug", ["", "-a", "a-", "a--b", "A", "ä", "a b", "a_b", "a:b", "a/b", "a\n", "a\0"]
)
def test_any_other_slug_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_slug(slug)
    assert refused.value.code == "invalid_slug"


@pytest.mark.parametrize("made", OWNED, ids=lambda made: made.__name__)
def test_a_slug_and_a_foreign_identifier_are_unique_in_their_collection(made: Any) -> None:
    first = made(slug="risk", external_id="17")
    again = made.build(
        collection=first.collection, slug="risk", external_id="17", **_parents(first)
    )
    assert codes(again) == {
        "__all__": [
            "Another row of this collection has this slug.",
            "Another row of this collection has this external id.",
        ]
    }
    assert not is_stored(again)
    assert made(slug="risk", external_id="17", collection=CollectionFactory()).pk
    assert [made(external_id="").pk, made(external_id="").pk]


def _parents(row: Any) -> dict[str, Any]:
    """The relations of a stored row, for another one that is only built."""
    relations = [
        field.name
        for field in row._meta.concrete_fields
        if field.is_relation and field.name != "collection"
    ]
    return {name: getattr(row, name) for name in relations}


def test_there_is_one_collection_of_the_portals_own() -> None:
    home_collection()
    other = CollectionFactory()
    assert codes(other) == {}
    other.is_home = True
    assert codes(other) == {"__all__": ["Another collection is the portal's own: only one can be."]}
    assert not is_stored(other)


def test_a_collection_takes_everything_in_it_along() -> None:
    imported = CollectionFactory()
    kept, gone = SkillFactory(), SkillFactory(collection=imported, descriptors=True)
    RoleFactory(collection=imported)
    imported.delete()
    assert list(Skill.objects.all()) == [kept]
    assert not Collection.objects.filter(slug=imported.slug).exists()
    assert not SlugRedirect.objects.filter(object_id=gone.pk).exists()


@pytest.mark.parametrize(
    ("made", "slug"),
    [
        (factories.RoleFactory, "compare"),
        (factories.RoleFactory, "map"),
        (factories.RoleFactory, "choose"),
        (factories.SkillFactory, "a-z"),
        (factories.LadderFactory, "compare"),
        (factories.LadderFactory, "bands"),
    ],
)
def test_a_slug_that_would_hide_a_page_is_refused_in_every_collection(made: Any, slug: str) -> None:
    for row in (made(slug=f"{slug}-2"), made(slug=f"{slug}-2", collection=CollectionFactory())):
        assert codes(row) == {}
        row.slug = slug
        assert codes(row) == {"slug": ["reserved_slug"]}


@pytest.mark.parametrize("made", PUBLISHABLE, ids=lambda made: made.__name__)
def test_a_renamed_row_is_found_under_its_former_slug(made: Any) -> None:
    row = made._meta.model.objects.get(pk=made(slug="old").pk)
    row.slug = "new"
    row.save()
    assert SlugRedirect.objects.target(type(row), "old") == row
    assert SlugRedirect.objects.target(type(row), "new") is None


def rename(row: Skill, *slugs: str) -> None:
    for slug in slugs:
        row.slug = slug
        row.save()


def test_several_renamings_lead_to_the_present_slug_and_back_again_needs_none() -> None:
    skill = SkillFactory(slug="one")
    rename(skill, "two", "three", "one")
    assert {row.slug for row in SlugRedirect.objects.all()} == {"two", "three"}
    assert SlugRedirect.objects.target(Skill, "two") == skill


def test_only_what_was_ever_public_leaves_its_slug_behind() -> None:
    draft = SkillFactory(slug="one", status=Status.DRAFT)
    rename(draft, "two")
    assert not SlugRedirect.objects.exists()
    draft.status = Status.PUBLISHED
    draft.save()
    draft.status = Status.ARCHIVED
    rename(draft, "three")
    assert SlugRedirect.objects.get().slug == "two"
    assert SlugRedirect.objects.target(Skill, "two") is None
    draft.status = Status.PUBLISHED
    draft.save()
    assert SlugRedirect.objects.target(Skill, "two") == draft


def test_a_former_slug_belongs_to_one_kind_and_one_collection() -> None:
    imported = CollectionFactory(slug="other")
    ours, theirs = SkillFactory(slug="old"), SkillFactory(slug="old", collection=imported)
    rename(ours, "ours")
    rename(theirs, "theirs")
    assert SlugRedirect.objects.target(Skill, "old") == ours
    assert SlugRedirect.objects.target(Skill, "other:old") == theirs
    assert SlugRedirect.objects.target(Skill, "none:old") is None
    assert SlugRedirect.objects.target(type(RoleFactory()), "old") is None


def test_a_former_slug_leads_to_the_last_that_had_it() -> None:
    first = SkillFactory(slug="risk")
    rename(first, "risk-1")
    second = SkillFactory(slug="risk")
    rename(second, "risk-2")
    assert SlugRedirect.objects.target(Skill, "risk") == second


def test_the_version_of_the_site_counts_from_its_first_change() -> None:
    SiteVersion.objects.all().delete()
    SiteVersion.objects.bump()
    assert str(SiteVersion.objects.get()) == "1"
    SiteVersion.objects.bump()
    assert SiteVersion.objects.get().version == 2


def test_a_collection_has_an_address_and_a_name() -> None:
    collection = CollectionFactory(slug="other", title="Other")
    assert str(collection) == "Other"
    assert collection.get_absolute_url() == "/collections/other/"
    assert str(SlugRedirect(kind="skills.skill", slug="risk")) == "skills.skill risk"
