"""Text typed next to a file upload is shown again; the file must be chosen again."""

from typing import Any

import pytest
from django.test import Client

from editing.forms import SAVED_FORMS
from tests.admin_forms import FormReader
from tests.portal.packs_sent import PACK, next_step, sent, words, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

DESCRIPTORS = "/admin/load/rsd/"
TABLE = b"Skill Name,Contextualized Skill Statement,Authors\nRisk,Sees risks early.,A. Author\n"
TYPED = {"collection": "library", "title": "Library", "publisher": "A. Author", "retire": "on"}


def drawn(page: Any) -> dict[str, Any]:
    return FormReader(page.text).data


def typed_in(page: Any) -> dict[str, Any]:
    return {name: drawn(page).get(name) for name in TYPED}


def test_what_was_typed_is_drawn_again_and_the_file_has_to_be_chosen_again(editor: Client) -> None:
    page = editor.post(DESCRIPTORS, TYPED | {"upload": "x", "_restore": "1"})
    assert typed_in(page) == TYPED
    assert 'data-state="restored"' in page.text
    assert "choose the file again" in words(page)
    assert drawn(page)["upload"] != "x"


def test_a_file_that_is_gone_leaves_what_was_typed(editor: Client) -> None:
    preview = sent(editor, DESCRIPTORS, TABLE, "skills.csv", **TYPED)
    page = next_step(editor, preview, "load", upload="of another session")
    assert "The file is no longer available" in words(page)
    assert typed_in(page) == TYPED
    assert 'type="file"' in page.text


def test_the_browser_keeps_the_text_of_every_step_until_it_is_loaded(editor: Client) -> None:
    assert 'data-state="stored"' in editor.get(DESCRIPTORS).text
    preview = sent(editor, DESCRIPTORS, TABLE, "skills.csv", form_mark="1a", **TYPED)
    assert 'data-state="sent"' in preview.text
    assert SAVED_FORMS not in editor.session
    loaded = next_step(editor, preview, "load", form_mark="1a")
    assert "Imported." in words(loaded)
    assert 'data-saved="1a"' in loaded.text


def test_a_form_without_text_is_not_kept(editor: Client) -> None:
    assert "form-state" in editor.get(DESCRIPTORS).text
    assert "form-state" not in editor.get(PACK).text
    assert "form-state" not in sent(editor, PACK, zipped({})).text
