"""Numbers are plain digits everywhere: in forms, packs, tables and addresses."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.db import models
from django.http import QueryDict
from django.test import Client

from content.base_models import ContentModel
from content.fields import DecimalField, PositiveIntegerField, PositiveSmallIntegerField
from content.lists import NearestPaginator
from content.models import Collection
from content.numbers import DecimalNumberField, WholeNumberField
from editing.fields import is_key
from file_formats.csv_reading import plain_number
from interviews.question_filters import QuestionFilterForm
from skills.models import Skill
from tests.admin_forms import admin_url, opened
from tests.factories import SkillFactory
from tests.pack_files import Pack

#: Python reads all of them as numbers.
NOT_PLAIN = ["1_0", "٣", " ٣ ", "१", "³", "1e0", "0x1", "1,0", "--1", "+ 1", "NaN"]
WHOLE = {"3": 3, " 3 ": 3, "+3": 3, "3.0": 3, "3.": 3, "007": 7}
FIELDS = [
    PositiveIntegerField(),
    PositiveSmallIntegerField(),
    DecimalField(max_digits=8, decimal_places=3),
]


@pytest.mark.parametrize("text", NOT_PLAIN)
@pytest.mark.parametrize("field", FIELDS, ids=lambda field: type(field).__name__)
def test_what_is_not_plain_digits_is_no_number_in_fields_and_their_forms(
    field: models.Field, text: str
) -> None:
    for door in (field, field.formfield()):
        with pytest.raises(ValidationError):
            door.clean(text, None) if door is field else door.clean(text)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: type(field).__name__)
def test_plain_digits_are_one(field: models.Field) -> None:
    for text, number in WHOLE.items():
        assert field.clean(text, None) == field.formfield().clean(text) == number


def test_a_number_with_a_point_is_taken_where_it_may_have_one() -> None:
    field = FIELDS[2]
    assert field.clean("-2.50", None) == field.formfield().clean("-2.50") == Decimal("-2.5")
    assert DecimalNumberField().clean(".5") == Decimal("0.5")
    for text in ("2.5", "-2.50"):
        with pytest.raises(ValidationError):
            WholeNumberField().clean(text)


def test_all_numbers_of_content_are_read_like_that() -> None:
    numbers = [
        field
        for model in apps.get_models()
        if issubclass(model, ContentModel)
        for field in model._meta.fields
        if isinstance(field, models.IntegerField | models.DecimalField) and not field.primary_key
    ]
    assert len(numbers) > 10
    assert [field for field in numbers if not isinstance(field, tuple(map(type, FIELDS)))] == []


@pytest.mark.django_db
@pytest.mark.parametrize("text", NOT_PLAIN)
def test_a_pack_with_such_a_position_is_refused_by_place(tmp_path: Path, text: str) -> None:
    pack = Pack(tmp_path).write("skills.csv", f'id,title,position\nrisk,Risk,"{text}"\n')
    (refusal,) = pack.refusals()
    assert refusal.startswith("skills.csv line 2: position: ")
    assert not Collection.objects.filter(slug="other").exists()


@pytest.mark.django_db
def test_a_pack_with_plain_positions_is_loaded(tmp_path: Path) -> None:
    rows = "".join(f's{number},Skill,"{text}"\n' for number, text in enumerate(WHOLE))
    assert Pack(tmp_path).write("skills.csv", f"id,title,position\n{rows}").refusals() == []
    assert [*Skill.objects.order_by("slug").values_list("position", flat=True)] == [*WHOLE.values()]


@pytest.mark.django_db
def test_a_form_of_the_admin_refuses_it_and_takes_plain_digits(editor: Client) -> None:
    skill = SkillFactory(position=1)
    url = admin_url(skill, "change")
    for text, status in {"1_0": 200, "٣": 200, "1e0": 200, "8": 302}.items():
        assert editor.post(url, opened(editor, url) | {"position": text}).status_code == status
    skill.refresh_from_db()
    assert skill.position == 8


@pytest.mark.django_db
def test_a_filter_says_what_is_wrong_with_it() -> None:
    for text, is_valid in {"30": True, "3_0": False, "٣٠": False}.items():
        assert QuestionFilterForm(QueryDict(f"minutes={text}")).is_valid() is is_valid


@pytest.mark.parametrize(
    ("number", "shown"), [("2", 2), ("2_0", 1), ("٢", 1), ("9" * 400, 3), ("-5", 1), (2, 2)]
)
def test_pages_are_asked_for_with_plain_digits(number: str | int, shown: int) -> None:
    page: Page[int] = NearestPaginator([1, 2, 3], 1).get_page(number)
    assert page.number == shown


def test_keys_and_cells_of_spreadsheets_too() -> None:
    assert [is_key(text) for text in ("12", "٣", "1_2")] == [True, False, False]
    assert [plain_number(cell) for cell in ("3.0", "٣.0")] == ["3", "٣.0"]
