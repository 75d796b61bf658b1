"""The search page."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.base_models import Status
from search import results as search
from search.models import SearchEntry
from search.search_page import GROUP_SIZE, PAGE_SIZE
from tests import corpora
from tests.factories import (
    AnswerFrameworkFactory,
    CollectionFactory,
    GuideFactory,
    LadderFactory,
    LevelFactory,
    QuestionFactory,
    QuestionSetFactory,
    RoleFactory,
    SkillFactory,
    home_collection,
)
from tests.markup import Page
from tests.samples import sample

pytestmark = pytest.mark.django_db

URL = "/search/"
#: Hostile texts that are typed in one run.
TEXTS = 80
KINDS = [
    AnswerFrameworkFactory,
    GuideFactory,
    LadderFactory,
    QuestionFactory,
    QuestionSetFactory,
    RoleFactory,
    SkillFactory,
]


def add_entries(count: int) -> None:
    """Many guides about zebras, without rows."""
    now, owner = timezone.now(), home_collection()
    SearchEntry.objects.bulk_create(
        SearchEntry(
            kind="guide",
            object_id=n,
            url=f"/{n}/",
            title=f"Zebra {n}",
            collection=owner,
            changed_at=now,
        )
        for n in range(1, count + 1)
    )


def test_the_empty_search_shows_the_form_and_a_hint(client: Client) -> None:
    for query in ["", "?q=", "?q=%20%20", "?q=%00", "?q=%2B%2B", "?kind=role"]:
        page = client.get(f"{URL}{query}")
        assert page.status_code == 200
        assert 'name="q"' in page.text
        assert "Type a word or two" in page.text
    assert reverse("search") == URL


def test_a_result_leads_to_its_page_and_marks_the_words(client: Client) -> None:
    skill = SkillFactory(title="Risk & planning", summary="Sees <b>risks</b> early.")
    page = client.get(f"{URL}?q=risk").text
    assert f'<a href="{skill.get_absolute_url()}"><mark>Risk</mark> &amp; planning</a>' in page
    assert "Sees &lt;b&gt;<mark>risks</mark>&lt;/b&gt; early." in page
    assert "<b>" not in page
    assert "1 result" in page


def test_nothing_found_says_what_to_try(client: Client) -> None:
    page = client.get(f"{URL}?q=zebra&kind=role")
    assert page.status_code == 200
    assert "Check the spelling" in page.text
    assert reverse("skills:skill_list") in page.text


def test_a_misspelled_word_is_corrected_and_the_page_says_so(client: Client) -> None:
    SkillFactory(title="Communication")
    page = Page.read(client, f"{URL}?q=comunication&kind=skill")
    assert page.marked("meant")[0].text == (
        "Results for communication. Search for “comunication” instead"
    )
    assert page.marked("meant")[0].links == ["?q=comunication&kind=skill&exact=1"]
    assert "Communication" in page.marked("result")[0]
    exact = Page.read(client, f"{URL}?q=comunication&kind=skill&exact=1")
    assert exact.marked("meant")[0].text == "Did you mean communication?"
    assert exact.marked("meant")[0].links == ["?q=communication&kind=skill"]
    assert "Nothing here has" in exact
    assert Page.read(client, f"{URL}?q=communication").marked("meant") == []
    assert Page.read(client, f"{URL}?q=zzzzqqqq").marked("meant") == []


def test_a_correction_that_finds_only_some_words_is_proposed(client: Client) -> None:
    SkillFactory(title="Communication")
    page = Page.read(client, f"{URL}?q=comunication zzzzqqqq")
    assert page.marked("meant")[0].text == "Did you mean communication zzzzqqqq?"


def test_the_best_result_is_above_groups_of_each_kind(client: Client) -> None:
    SkillFactory(title="Risk", summary="")
    for number in range(GROUP_SIZE + 2):
        QuestionFactory(title=f"Question of risk {number}")
        GuideFactory(title=f"Risk in part {number} of a program", summary="")
    page = Page.read(client, f"{URL}?q=risk")
    best, *others = page.marked("results")
    assert best.links == ["/skills/risk/"]
    assert [len(group.all("li")) for group in others] == [GROUP_SIZE, GROUP_SIZE]
    groups = [section for section in page.all("section") if section.marked("result")]
    assert {group.one("h2").text for group in groups} == {"Guides 5", "Questions 5"}
    assert "?q=risk&kind=guide" in page.links
    assert len(Page.read(client, f"{URL}?q=risk&kind=guide").marked("result")) == GROUP_SIZE + 2


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("self assessment", "/assess/"),
        ("gap analysis", "/assess/"),
        ("compare levels", "/ladders/compare/"),
        ("mock interview", "/interviews/practice/"),
        ("tpm career path", "/roles/map/"),
    ],
)
def test_tools_are_found_by_what_people_call_them(client: Client, text: str, url: str) -> None:
    home_collection()
    page = Page.read(client, f"{URL}?q={quote(text)}")
    assert url in page.marked("results--best")[0].links


def test_a_comparison_is_offered_for_two_roles_and_for_two_levels(client: Client) -> None:
    for title in ("Product TPM", "Engineering TPM", "Product manager"):
        RoleFactory(title=title)
    ladder = LadderFactory(slug="tpm", levels=0)
    for title in ("Senior TPM", "Staff TPM"):
        LevelFactory(ladder=ladder, title=title)
    compared = "/roles/compare/?a=product-tpm&b=engineering-tpm"
    for text in (
        "product tpm vs engineering tpm",
        "Difference between Product TPM and Engineering TPM?",
    ):
        page = Page.read(client, f"{URL}?q={quote(text)}")
        assert page.marked("comparison")[0].links == [compared], text
    page = Page.read(client, f"{URL}?q=senior vs. staff tpm")
    assert page.marked("comparison")[0].links == [
        "/ladders/compare/?from=tpm%2Fsenior-tpm&to=tpm%2Fstaff-tpm"
    ]
    for text in ("product tpm vs senior tpm", "product tpm vs nobody", "vs", "vs tpm", "tpm vs"):
        assert Page.read(client, f"{URL}?q={quote(text)}").marked("comparison") == [], text


def test_it_says_that_there_are_no_pay_figures(client: Client) -> None:
    SkillFactory(title="Risk")
    assert "no pay figures" in Page.read(client, f"{URL}?q=tpm salary")
    assert "no pay figures" not in Page.read(client, f"{URL}?q=risk")


def test_results_of_some_words_say_so(client: Client) -> None:
    SkillFactory(title="Risk")
    assert "No exact match" in client.get(f"{URL}?q=risk+zebra").text
    assert "No exact match" not in client.get(f"{URL}?q=risk").text


def test_kinds_are_counted_and_filter_the_results(client: Client) -> None:
    SkillFactory(title="Risk")
    role, _ = RoleFactory(title="Risk officer"), RoleFactory(title="Risk owner")
    everything, roles = client.get(f"{URL}?q=risk").text, client.get(f"{URL}?q=risk&kind=role").text
    assert everything.count('class="result"') == 3
    assert roles.count('class="result"') == 2
    assert role.get_absolute_url() in roles
    for page in (everything, roles):
        assert ">Roles</a> 2" in page
        assert ">Skills</a> 1" in page
        assert 'href="?q=risk&amp;kind=role"' in page
        assert 'href="?q=risk"' in page
    assert roles.count('aria-current="true"') == everything.count('aria-current="true"') == 1


def test_a_kind_of_two_words_has_one_in_the_address(client: Client) -> None:
    AnswerFrameworkFactory(title="Risk story")
    page = client.get(f"{URL}?q=risk").text
    assert 'href="?q=risk&amp;kind=framework">Answer frameworks</a> 1' in page
    assert ">Answer framework</p>" in page
    assert client.get(f"{URL}?q=risk&kind=framework").text.count('class="result"') == 1


def test_a_kind_without_results_offers_the_others(client: Client) -> None:
    SkillFactory(title="Risk")
    page = client.get(f"{URL}?q=risk&kind=ladder").text
    assert "No results of this kind" in page
    assert ">Skills</a> 1" in page


def test_an_unknown_kind_is_no_filter(client: Client) -> None:
    SkillFactory(title="Risk")
    assert client.get(f"{URL}?q=risk&kind=%27").text.count('class="result"') == 1


def test_results_come_in_pages(client: Client) -> None:
    add_entries(PAGE_SIZE + 5)
    first, second = client.get(f"{URL}?q=zebra"), client.get(f"{URL}?q=zebra&page=2")
    assert first.text.count('class="result"') == PAGE_SIZE
    assert second.text.count('class="result"') == 5
    assert f"{PAGE_SIZE + 5} results" in first.text
    assert 'href="?q=zebra&amp;page=2"' in first.text
    assert f'start="{PAGE_SIZE + 1}"' in second.text


@pytest.mark.parametrize("number", ["0", "-1", "999", "x", "1.5", "9" * 400, "%00", "٣"])
def test_a_page_that_is_not_there_is_the_nearest_that_is(client: Client, number: str) -> None:
    add_entries(PAGE_SIZE + 5)
    assert client.get(f"{URL}?q=zebra&page={number}").status_code == 200


def test_more_results_than_are_ranked_are_not_counted(client: Client) -> None:
    add_entries(search.MAX_RANKED + 10)
    page = client.get(f"{URL}?q=zebra").text
    assert f"More than {search.MAX_RANKED} results" in page
    assert ">Guides</a></li>" in page
    assert ">Roles</a></li>" in page
    assert "No results of this kind" in client.get(f"{URL}?q=zebra&kind=role").text
    assert f"More than {search.MAX_RANKED} results" in client.get(f"{URL}?q=zebra&kind=guide").text


@pytest.mark.parametrize("factory", KINDS)
def test_a_draft_is_not_found_and_its_publication_is(client: Client, factory: type) -> None:
    row = factory(title="Zebra", summary="Marsupial.", status=Status.DRAFT)
    for word in ("zebra", "marsupial"):
        assert "Nothing here has this word" in client.get(f"{URL}?q={word}").text
    row.status = Status.PUBLISHED
    row.save()
    for word in ("zebra", "marsupial"):
        assert f'href="{row.get_absolute_url()}"' in client.get(f"{URL}?q={word}").text


def test_a_level_is_found_with_its_ladder_only(client: Client) -> None:
    level = LevelFactory(title="Zebra", ladder=LadderFactory(status=Status.DRAFT))
    assert "Nothing here has this word" in client.get(f"{URL}?q=zebra").text
    level.ladder.status = Status.PUBLISHED
    level.ladder.save()
    assert f'href="{level.get_absolute_url()}"' in client.get(f"{URL}?q=zebra").text


def test_results_of_other_collections_name_them(client: Client) -> None:
    SkillFactory(title="Zebra", collection=CollectionFactory(title="Their framework"))
    SkillFactory(title="Giraffe")
    assert "Their framework" in client.get(f"{URL}?q=zebra").text
    assert (
        "TPM Portal"
        not in client.get(f"{URL}?q=giraffe")
        .text.partition('class="results"')[2]
        .partition("</ol>")[0]
    )


@pytest.mark.parametrize("query", ["risk " * 2000, "x" * 10_000, "w " * 1200, "(" * 10_000])
def test_a_very_long_query_is_cut(client: Client, query: str) -> None:
    SkillFactory(title="Risk")
    page = client.get(URL, {"q": query})
    assert page.status_code == 200
    assert len(page.content) < 20_000


def test_nothing_that_is_typed_is_an_error(client: Client) -> None:
    SkillFactory(title="A plain title")
    texts = corpora.entries("search-queries", "queries.json", "queries")
    texts += corpora.entries("naughty-strings", "naughty-strings.json")
    for text in sample(texts, TEXTS):
        typed = quote(text, safe="", errors="replace")
        for address in (f"{URL}?q={typed}", f"{URL}?q=plain&kind={typed}&page={typed}"):
            page = client.get(address)
            assert page.status_code == 200, address
            assert "<script>alert" not in page.text


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%ed%a0%80", "q=a%00b", "q[]=a", "q=a&q=risk"])
def test_bytes_that_are_no_text_do_no_harm(client: Client, query: str) -> None:
    SkillFactory(title="Risk")
    assert client.get(f"{URL}?{query}").status_code == 200


def test_what_was_typed_stays_in_the_form(client: Client) -> None:
    page = client.get(URL, {"q": '"risk" <b>'}).text
    assert 'value="&quot;risk&quot; &lt;b&gt;"' in page
    assert "<b>" not in page


def test_the_page_is_for_reading(client: Client) -> None:
    assert client.post(URL, {"q": "risk"}).status_code == 405


@pytest.mark.parametrize(
    ("query", "is_left"), [("", False), ("?q=risk", True), ("?q=the", True), ("?page=2", True)]
)
def test_search_engines_take_the_empty_form_and_leave_what_it_finds(
    client: Client, query: str, is_left: bool
) -> None:
    page = client.get(f"{URL}{query}").text
    assert ('<meta name="robots" content="noindex">' in page) == is_left
    assert ('rel="canonical"' in page) != is_left


def test_the_search_in_the_bar_leads_here(client: Client) -> None:
    assert f'action="{URL}"' in client.get("/").text
