"""Reads admin forms as a browser does: every field of the page, including hidden ones."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from unittest.mock import PropertyMock, patch

from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.messages import get_messages
from django.db.models import Model
from django.forms import BoundField
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse

Attributes = list[tuple[str, str | None]]


class FormReader(HTMLParser):
    """Collects what a browser would submit without any changes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.data: dict[str, Any] = {}
        self.select = self.area = ""
        self.multiple = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        values = dict(attrs)
        name = values.get("name") or ""
        if tag == "input" and name and values.get("type") != "submit":
            if values.get("type") != "checkbox" or "checked" in values:
                self.data[name] = values.get("value") or (
                    "on" if values.get("type") == "checkbox" else ""
                )
        elif tag == "textarea":
            self.area, self.data[name] = name, ""
        elif tag == "select":
            self.select, self.multiple = name, "multiple" in values
            self.data.setdefault(name, [] if self.multiple else "")
        elif tag == "option" and self.select and "selected" in values:
            self._choose(values.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.data[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # The parser of a browser drops the line break that Django puts before the text.
            self.data[self.area] = self.data[self.area].removeprefix("\r\n").removeprefix("\n")
            self.area = ""
        if tag == "select":
            self.select = ""

    def _choose(self, value: str) -> None:
        if self.multiple:
            self.data[self.select].append(value)
        else:
            self.data[self.select] = value


def admin_url(row: Model | type[Model], page: str, *args: Any) -> str:
    """The address of an admin page of this row or model."""
    keys = [row.pk, *args] if isinstance(row, Model) else args
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=keys)


#: Hidden fields that the template of the admin adds, by their names in its context.
STATES = ("edit_state", "former_state")


def opened(client: Client, url: str) -> dict[str, Any]:
    """The data of the form at this address.

    It is read from the forms that the page would show, because rendering them takes longer than all
    else. `test_admin.py` compares it with what a browser reads, for every model.
    """
    unrendered = PropertyMock(return_value="")
    with patch.object(SimpleTemplateResponse, "rendered_content", unrendered):
        response = client.get(url)
    assert response.status_code == 200, response.status_code
    # The page would have shown the messages of the request before.
    client.cookies.pop("messages", None)
    return data_of_forms(response.context_data)


def data_of_forms(context: dict[str, Any]) -> dict[str, Any]:
    """What a browser would send of the forms in the context of an admin page."""
    data = {name: context[name] for name in STATES if context.get(name)}
    for field in _fields_of_page(context):
        data |= _data_of_widget(field.field.widget, field.html_name, field.value())
    return data


def _fields_of_page(context: dict[str, Any]) -> Iterator[BoundField]:
    form = context["adminform"].form
    names = {*flatten_fieldsets(context["adminform"].fieldsets)}
    yield from (field for field in form if field.name in names)
    for inline in context["inline_admin_formsets"]:
        yield from inline.formset.management_form
        for part in inline:
            yield from part.form


def _data_of_widget(widget: forms.Widget, name: str, value: Any) -> dict[str, Any]:
    """What a browser would send of one field; nothing for a box that is not checked."""
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget = widget.widget
    if isinstance(widget, forms.MultiWidget):
        data = {}
        for suffix, part, each in zip(
            widget.widgets_names, widget.widgets, widget.decompress(value), strict=True
        ):
            data |= _data_of_widget(part, f"{name}{suffix}", each)
        return data
    if isinstance(widget, forms.CheckboxInput):
        return {name: "on"} if widget.check_test(value) else {}
    shown = widget.format_value(value)
    if isinstance(widget, forms.SelectMultiple):
        return {name: shown}
    if isinstance(shown, list):
        return {name: shown[0] if shown else ""}
    return {name: "" if shown is None else str(shown)}


def saved(client: Client, url: str, **changes: Any) -> Any:
    """Open the form, change these fields, send it."""
    return client.post(url, opened(client, url) | changes)


def with_new_part(data: dict[str, Any], prefix: str, **values: Any) -> dict[str, Any]:
    """The data with one more row in this inline, as its “Add another” makes it."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    empty = {key: value for key, value in data.items() if key.startswith(f"{prefix}-__prefix__-")}
    row = {key.replace("__prefix__", str(number)): value for key, value in empty.items()}
    given = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return data | row | given | {f"{prefix}-TOTAL_FORMS": str(number + 1)}


def again(response: Any) -> dict[str, Any]:
    """What a browser sends of the page that refused a save."""
    assert response.status_code == 200
    return FormReader(response.text).data


def conflicts(response: Any) -> list[tuple[str, str]]:
    """The places that the page names as changed by both editors, with what is stored there."""
    assert response.status_code == 200
    return [(line.label, line.value) for line in response.context["conflict"].stored_values]


def said(response: Any) -> str:
    """The messages of the page."""
    return " ".join(map(str, get_messages(response.wsgi_request)))
