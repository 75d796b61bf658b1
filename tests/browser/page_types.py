"""Every type of page of the site and of the admin, and how a browser gets there."""

from playwright.sync_api import Page

MISSING = "/no-such-page/"
#: One address or more of every type, with what only some of them show: an empty list, a second
#: page, nothing at all.
SITE = [
    "/",
    "/roles/",
    "/roles/product-tpm/",
    "/roles/compare/?a=product-tpm&b=engineering-tpm&c=business-tpm",
    "/roles/choose/",
    "/roles/map/",
    "/roles/map/?role=product-tpm",
    "/skills/",
    "/skills/?q=nothing+has+this",
    "/skills/a-z/",
    "/skills/communication/",
    "/ladders/",
    "/ladders/tpm/",
    "/ladders/tpm/cards/",
    "/ladders/tpm/senior/",
    "/ladders/dropbox-tpm/ic4/",
    "/ladders/bands/",
    "/ladders/compare/?from=dropbox-tpm/ic4&to=tpm/senior",
    "/assess/",
    "/assess/tpm/associate/",
    "/assess/google-tpm/l4/",
    "/interviews/",
    "/interviews/questions/?page=2",
    "/interviews/questions/first-hour-of-an-outage/",
    "/interviews/calibration/",
    "/interviews/practice/",
    "/interviews/practice/?level=tpm/senior&minutes=30",
    "/interviews/builder/",
    "/interviews/builder/?level=tpm/senior&skill=communication",
    "/interviews/builder/kit/",
    "/interviews/builder/scorecard/",
    "/interviews/sets/senior-tpm-onsite/",
    "/interviews/sets/senior-tpm-onsite/kit/",
    "/interviews/sets/senior-tpm-onsite/scorecard/",
    "/interviews/frameworks/star/",
    "/guides/",
    "/guides/getting-started-as-a-recent-graduate/",
    "/changes/",
    "/search/",
    "/search/?q=risk",
    "/search/?q=zzzzqqqq",
    "/search/?q=comunication",
    "/collections/portal/",
    MISSING,
]
#: Pages of the admin that belong to no row.
ADMIN = [
    "/admin/",
    "/admin/skills/",
    "/admin/interviews/question/",
    "/admin/interviews/question/?kind__exact=technical&q=risk",
    "/admin/interviews/question/add/",
    "/admin/skills/scale/add/",
    "/admin/skills/skill/recover/",
    "/admin/auth/user/",
    "/admin/password_change/",
    "/admin/tables/",
    "/admin/load/pack/",
    "/admin/load/table/",
]
MODELS = [
    "ladders/level",
    "interviews/question",
    "interviews/questionset",
    "roles/role",
    "skills/skill",
]


def admin_pages(page: Page) -> list[str]:
    """The above, and the pages of a row of each of some models.

    Those are its form, its history and the question before it is deleted.
    """
    forms = [form_of(page, model) for model in MODELS]
    rest = [forms[0].replace("/change/", f"/{page_type}/") for page_type in ("history", "delete")]
    return [*ADMIN, *forms, *rest]


#: Found once, for all served portals are copies of one.
_forms: dict[tuple[str, str], str] = {}


def form_of(page: Page, model: str, words: str = "") -> str:
    """The address of the form of the first row that a change list finds."""
    if (model, words) not in _forms:
        page.goto(f"/admin/{model}/?q={words}")
        link = page.locator("#result_list tbody th a").first.get_attribute("href") or ""
        _forms[model, words] = link.partition("?")[0]
    return _forms[model, words]
