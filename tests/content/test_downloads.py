"""Pages as Markdown: all of their text, no navigation, and readable anywhere."""

import pytest
from django.test import Client

from content.downloads import page_as_markdown
from content.markdown import plain_text, render_markdown
from tests.corpora import entries
from tests.factories import (
    GuideFactory,
    LevelRequirementFactory,
    RoleFactory,
    SkillDescriptorFactory,
)
from tests.showing import HIDDEN, set_status, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def page(body: str) -> str:
    return f"<html><body><nav>Menu</nav><main>{body}</main><footer>Foot</footer></body></html>"


def markdown(body: str) -> str:
    return page_as_markdown(page(body), "https://portal.test/roles/tpm/")


def test_only_what_the_page_says_is_taken() -> None:
    body = (
        '<nav>Crumbs</nav><h1>TPM</h1><p class="more"><a '
        'href="/x/">On</a></p><p>Leads.</p><form>F</form><svg>S</svg>'
    )
    assert (
        markdown(body + '<span aria-hidden="true">–</span><script>1</script>')
        == "# TPM\n\nLeads.\n"
    )


def test_links_lead_to_the_portal_from_wherever_the_file_is() -> None:
    assert markdown('<p><a href="/skills/risk/">Risk</a> <a href="#moves">Moves</a></p>') == (
        "[Risk](https://portal.test/skills/risk/) [Moves](https://portal.test/roles/tpm/#moves)\n"
    )


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("<a>Product TPM</a><span>Entry</span>", "Product TPM Entry"),
        ("Working<small>inherited</small>", "Working inherited"),
        ('↑<span class="hidden">added</span>', "↑ added"),
        ("From (R3)<span>Promotion</span>", "From (R3) Promotion"),
        ("Working <small>helpful</small>", "Working helpful"),
        ("3<span> of them</span>", "3 of them"),
        ("Two<span>, or (</span><span>three</span>)", "Two, or (three)"),
    ],
)
def test_words_that_only_the_layout_sets_apart_stay_apart(words: str, taken: str) -> None:
    assert markdown(f"<p>{words}</p>") == f"{taken}\n"


def test_a_table_stays_a_table() -> None:
    head, body = (
        "<thead><tr><th>Skill</th><th>R1</th></tr></thead>",
        "<tbody><tr><th>Risk</th><td>A</td></tr></tbody>",
    )
    assert markdown(f"<table>{head}{body}</table>").splitlines()[0] == "| Skill | R1 |"


def test_no_text_becomes_markup() -> None:
    texts = [
        "*a* _b_ `c` # d",
        "1. one",
        "- x",
        "[x](y)",
        "a | b",
        "<b>",
        *entries("naughty-strings", "naughty-strings.json"),
    ]
    assert len(texts) > 100
    differing = [text for text in texts if not _survives(text)]
    assert len(differing) < len(texts) / 20, differing


def _survives(text: str) -> bool:
    """Whether the words of a page are the same after conversion to Markdown and back."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    wanted = " ".join(text.split())
    return " ".join(plain_text(markdown(f"<p>{escaped}</p>")).split()) == wanted


def test_a_role_can_be_taken_with_its_headings_and_where_it_comes_from() -> None:
    role = RoleFactory(title="Product TPM", slug="product-tpm", purpose="It *leads*.\n\n- a\n- b")
    answer = Client().get("/roles/product-tpm/?as=markdown")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="roles-product-tpm.md"'
    assert answer["Cache-Control"] == Client().get(role.get_absolute_url())["Cache-Control"]
    assert "# Product TPM\n" in answer.text
    assert "It *leads*.\n\n- a\n- b\n" in answer.text
    assert "http://testserver/roles/product-tpm/" in answer.text
    assert "as=markdown" not in answer.text
    assert role.collection.license in answer.text
    assert "\n\n\n" not in answer.text
    assert "<h2>Product TPM</h2>" in render_markdown(answer.text, 2)


def test_a_level_keeps_its_skills_with_their_descriptors() -> None:
    requirement = LevelRequirementFactory()
    descriptor = SkillDescriptorFactory(
        skill=requirement.skill, proficiency=requirement.proficiency, text="- Sees it."
    )
    text = Client().get(f"{requirement.level.get_absolute_url()}?as=markdown").text
    assert (
        f"[About {requirement.skill.title_in_sentence}]"
        f"(http://testserver{requirement.skill.get_absolute_url()})" in text
    )
    assert descriptor.text in text


def test_what_is_hidden_cannot_be_taken_but_by_who_may_see_it() -> None:
    guide = GuideFactory(body="Between us.")
    url = f"{guide.get_absolute_url()}?as=markdown"
    assert "Between us." in Client().get(url).text
    for status in HIDDEN:
        set_status(guide, status)
        assert Client().get(url).status_code == 404
        preview = signed_in("change_guide").get(url)
        assert "Between us." in preview.text
        assert preview["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("wanted", ["", "pdf", "Markdown", "%00", "x" * 900])
def test_any_other_wish_gets_the_page(wanted: str) -> None:
    answer = Client().get(f"{GuideFactory().get_absolute_url()}?as={wanted}")
    assert answer["Content-Type"].startswith("text/html")


def test_pages_that_can_be_taken_say_so() -> None:
    guide = GuideFactory()
    assert 'href="?as=markdown"' in Client().get(guide.get_absolute_url()).text
    assert "as=markdown" not in Client().get("/guides/").text
