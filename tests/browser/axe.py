"""What axe finds on a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

#: Rules that a theme can break; the others find the same in both.
OF_COLOUR = ("color-contrast", "link-in-text-block")
QUICK = {"resultTypes": ["violations"], "preload": False}


def findings(page: Page, *rules: str, colors: bool = True) -> list[str]:
    """One line for each rule that the page breaks, of these or of all.

    :param colors: whether the contrast of colors is looked at, which takes longer than all other rules together.
    """
    options: dict[str, Any] = QUICK | ({"runOnly": list(rules)} if rules else {})
    if not colors:
        options["rules"] = {rule: {"enabled": False} for rule in OF_COLOUR}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{page.url} {each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]
