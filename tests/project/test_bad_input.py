"""Unexpected input: it is answered, refused or ignored, and never causes a server error."""

from collections.abc import Iterable
from itertools import cycle
from urllib.parse import quote, urlencode

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from guides.models import Guide
from tests.admin_forms import admin_url, opened
from tests.corpora import entries
from tests.factories import EditorFactory
from tests.project.addresses import FILES, PAGES, named_views, none, path_of
from tests.project.hidden import relations
from tests.project.world import FACTORIES, World
from tests.samples import is_full_run, sample

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

#: Texts that one surface is tried with on each database; every run takes others of them.
SAMPLE = 8
FEWER = 2
#: What no corpus of texts can contain: bytes that are not text, numbers that no column can store,
#: and more text than anyone types.
BYTES = [
    "%00",
    "a%00b",
    "%ED%A0%80",
    "%FF%FE",
    "%C0%80",
    "%F4%90%80%80",
    "%0D%0AX-Injected:+1",
    "%E2%80%AE",
]
NUMBERS = [
    "0",
    "-1",
    "1e9",
    "9" * 400,
    "2147483648",
    "9223372036854775808",
    "1.5",
    "NaN",
    "٣",
    "0x10",
    "last",
    "None",
]
LONG = [
    "x" * 10_000,
    "a+" * 5_000,
    "%22" * 3_000,
    "%F0%9F%94%92" * 2_500,
    "(" * 10_000,
    "%" * 10_000,
]
PROPER = {200, 400, 404}
LISTS = [
    name for name, view in named_views() if name in PAGES | FILES and getattr(view, "params", ())
]
MODELS = [model for model in FACTORIES if model in admin.site._registry]


def texts() -> list[str]:
    """Hostile and unlucky texts of all kinds."""
    return [
        *entries("naughty-strings", "naughty-strings.json"),
        *entries("search-queries", "queries.json", "queries"),
    ]


def quoted_texts(number: int) -> list[str]:
    """Some of the texts, quoted for an address."""
    chosen = sample(texts(), number)
    return [quote(text, safe="", errors="surrogatepass") for text in chosen]


def parameters(name: str) -> tuple[str, ...]:
    """What the page reads from its address."""
    return dict(named_views())[name].params


def together(names: tuple[str, ...], values: list[str]) -> list[str]:
    """Each value in all parameters at once."""
    return ["&".join(f"{name}={value}" for name in names) for value in values]


def in_turn(names: tuple[str, ...], values: list[str]) -> list[str]:
    """Each value in one parameter, every parameter in its turn."""
    return [f"{name}={value}" for name, value in zip(cycle(names), values, strict=False)]


def spread(names: tuple[str, ...], values: list[str]) -> list[str]:
    """Each value once, another in every parameter of an address."""
    addresses = []
    for start in range(0, len(values), len(names)):
        pairs = zip(names, values[start : start + len(names)], strict=False)
        addresses.append("&".join(f"{name}={value}" for name, value in pairs))
    return addresses


@pytest.fixture
def visitor() -> Client:
    """A client that returns the response instead of raising errors of the server."""
    return Client(raise_request_exception=False)


@pytest.fixture
def editor() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(EditorFactory())
    return client


def improper(client: Client, asked: Iterable[str]) -> dict[str, int]:
    """The addresses that are answered with what no input may cause."""
    answers = {address: client.get(address) for address in asked}
    assert answers
    assert not any("X-Injected" in answer for answer in answers.values())
    return {
        address: answer.status_code
        for address, answer in answers.items()
        if answer.status_code not in PROPER
    }


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.drawn(12)
def test_no_value_breaks_a_list(visitor: Client, name: str, world: World) -> None:
    names = parameters(name)
    values = sample([*NUMBERS, *LONG, *quoted_texts(SAMPLE)], SAMPLE)
    asked = [
        *together(names, sample(BYTES, FEWER)),
        *spread(names, values),
        *in_turn(names, sample(values, FEWER)),
    ]
    if is_full_run():
        asked += together(names, values)
    assert improper(visitor, [f"{path_of(name, world)}?{query}" for query in asked]) == {}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.drawn(12)
def test_no_byte_that_is_no_text_breaks_a_list(visitor: Client, name: str, world: World) -> None:
    """In every parameter at once, for one that is refused hides no other then."""
    queries = [
        query for value in ("%00", "%ED%A0%80") for query in together(parameters(name), [value])
    ]
    assert improper(visitor, [f"{path_of(name, world)}?{query}" for query in queries]) == {}


def test_lists_and_their_parameters_are_known() -> None:
    """The tests above reach every filter, without naming one."""
    assert len(LISTS) >= 8
    assert {"q", "page", "skill", "role", "family", "group", "band", "kind", "minutes", "bom"} <= {
        parameter for name in LISTS for parameter in parameters(name)
    }


@pytest.mark.parametrize(
    "name", [name for name, keys in (PAGES | FILES).items() if keys is not none]
)
@pytest.mark.drawn(8)
def test_no_text_in_a_path_breaks_a_page(visitor: Client, name: str, world: World) -> None:
    *before, key = (PAGES | FILES)[name](world)
    pattern = reverse(name, args=[*before, key])
    assert pattern.count(key) == 1
    values = [*quoted_texts(FEWER), *BYTES, f"{key}:", f"x:{key}", "x" * 200, "%" * 2_000]
    assert improper(visitor, [pattern.replace(key, value) for value in values]) == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": 'sessionid="\\000aaaaaaaaaaaaaaaa"'},
        {"cookie": "sessionid=" + "x" * 5_000},
        {"cookie": "=;;a=\xff;sessionid"},
        {"if-none-match": '"' + "x" * 5_000},
        {"if-none-match": '*, W/"", ,'},
        {"if-modified-since": "yesterday"},
        {"accept-encoding": "gzip;q=x, \xff, *"},
        {"accept-language": "x" * 5_000},
        {"range": "bytes=9-1"},
        {"x-forwarded-for": "\x00, ::::"},
    ],
    ids=lambda headers: f"{next(iter(headers))} {next(iter(headers.values()))[:12]}",
)
def test_no_header_breaks_a_page(visitor: Client, headers: dict[str, str], world: World) -> None:
    for address in ("/", "/interviews/questions.csv", "/admin/", "/admin/login/"):
        answer = visitor.get(address, headers=headers)
        assert answer.status_code in {200, 302, 304, 400}, address


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
@pytest.mark.drawn(6)
def test_no_text_breaks_an_admin_list(editor: Client, model: type[Model], world: World) -> None:
    names = ("q", "o", "p", "_facets", *admin.site._registry[model].get_list_filter(None))
    address = admin_url(model, "changelist")
    faults = improper(
        editor, [f"{address}?{query}" for query in in_turn(names, quoted_texts(FEWER))]
    )
    assert {address: status for address, status in faults.items() if status != 302} == {}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
@pytest.mark.drawn(6)
def test_no_text_breaks_a_search_field_of_the_admin(
    editor: Client, model: type[Model], world: World
) -> None:
    for field in relations(model):
        place = {
            "app_label": model._meta.app_label,
            "model_name": model._meta.model_name,
            "field_name": field.name,
        }
        asked = [
            f"/admin/autocomplete/?{urlencode(place)}&term={value}" for value in quoted_texts(FEWER)
        ]
        assert improper(editor, asked) == {}
        assert editor.get(asked[0]).status_code == 200


def test_a_text_in_a_form_is_stored_as_it_is_or_refused_and_kept(
    editor: Client, world: World
) -> None:
    form = opened(editor, admin_url(Guide, "add")) | {"status": "published"}
    stored = 0
    for number, text in enumerate(sample(texts(), SAMPLE)):
        typed = dict.fromkeys(["title", "summary", "body", "sources"], text) | {
            "slug": f"text-{number}"
        }
        body = urlencode(form | typed, doseq=True, errors="surrogatepass")
        answer = editor.post(
            admin_url(Guide, "add"), body, content_type="application/x-www-form-urlencoded"
        )
        guide = Guide.objects.filter(slug=f"text-{number}").first()
        if guide:
            assert {guide.title, guide.summary, guide.body, guide.sources} == {text.strip()}
            assert editor.get(guide.get_absolute_url()).status_code == 200
            stored += 1
        else:
            shown = answer.context["adminform"].form
            assert answer.status_code == 200
            assert shown.errors
            assert shown["body"].value() == text
    assert stored > SAMPLE // 2
    assert (
        improper(Client(), ["/", "/guides/", "/sitemap.xml", "/search/?q=a", "/guides/?page=2"])
        == {}
    )


def test_no_text_breaks_the_preview(editor: Client) -> None:
    for text in sample(texts(), SAMPLE):
        answer = editor.post(
            reverse("markdown_preview"), {"source": text.encode("utf-8", "surrogatepass")}
        )
        assert answer.status_code == 200
