"""The live preview: for staff, by POST with a token, limited in size, and as safe as the pages."""

import pytest
from django.test import Client
from django.urls import reverse

from content.fields import MARKDOWN_LENGTH
from content.markdown import render_markdown
from editing.fields import MarkdownWidget
from tests import factories
from tests.admin_forms import FormReader, admin_url

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/admin/markdown-preview/"


def test_staff_see_what_visitors_will_see(editor: Client) -> None:
    assert reverse("markdown_preview") == URL
    response = editor.post(URL, {"source": "Plans **well**"})
    assert response.text == "<p>Plans <strong>well</strong></p>\n"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    "source",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>"],
)
def test_what_is_unsafe_on_a_page_is_unsafe_here(editor: Client, source: str) -> None:
    html = editor.post(URL, {"source": source}).text
    assert html == render_markdown(source)
    assert "<script" not in html
    assert "<img" not in html
    assert "href" not in html


def test_visitors_and_readers_are_refused(client: Client) -> None:
    assert client.post(URL, {"source": "x"}).status_code == 403
    client.force_login(factories.UserFactory())
    assert client.post(URL, {"source": "x"}).status_code == 403
    client.force_login(factories.EditorFactory())
    assert client.post(URL, {"source": "x"}).status_code == 200


def test_a_text_that_could_not_be_saved_is_not_shown(editor: Client) -> None:
    assert editor.post(URL, {"source": "x" * MARKDOWN_LENGTH}).status_code == 200
    response = editor.post(URL, {"source": "x" * (MARKDOWN_LENGTH + 1)})
    assert response.status_code == 413
    assert response.text.startswith("The text has 100001 characters")


def test_it_is_asked_by_post_with_a_token(editor: Client) -> None:
    assert editor.get(URL).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.EditorFactory())
    assert strict.post(URL, {"source": "x"}).status_code == 403
    page = strict.get(admin_url(factories.QuestionFactory(), "change"))
    token = FormReader(page.text).data["csrfmiddlewaretoken"]
    assert strict.post(URL, {"source": "x"}, headers={"X-CSRFToken": token}).status_code == 200


@pytest.mark.parametrize("source", ["\0", "a\0b", "", "\u202e", "[" * 2_000])
def test_odd_texts_are_answered(editor: Client, source: str) -> None:
    assert editor.post(URL, {"source": source}).status_code == 200


def test_half_written_texts_do_not_push_published_ones_out_of_the_memo(editor: Client) -> None:
    before = render_markdown.cache_info().currsize
    editor.post(URL, {"source": "a text that nobody has rendered before"})
    assert render_markdown.cache_info().currsize == before


def test_every_markdown_field_of_a_form_asks_for_its_preview(editor: Client) -> None:
    question = factories.QuestionFactory()
    factories.ProbeFactory(question=question)
    page = editor.get(admin_url(question, "change"))
    for name in ("prompt", "guidance", "avoid", "sources", "probes-0-text"):
        assert f'name="{name}"' in page.text
    assert page.text.count(f'data-preview-url="{URL}"') == 4 + 2 + 1
    assert "js/admin-preview.js" in page.text
    assert MarkdownWidget().render("summary", "") != ""
