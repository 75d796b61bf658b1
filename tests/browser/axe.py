"""What axe finds on a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

#: Rules that a theme can break; the others find the same in both.
OF_COLOR = ("color-contrast", "link-in-text-block")
QUICK = {"resultTypes": ["violations"], "preload": False}
#: Marks one text for each combination of color, size, weight and background. Hundreds of table
#: cells have the same style, and axe takes longer for the contrast of each than for all its other
#: rules.
MARK_LOOKS = """() => {
    const backgrounds = new Map([[null, ""]]);
    const background = element => {
        if (!backgrounds.has(element)) {
            const {backgroundColor, backgroundImage, opacity, position} = getComputedStyle(element);
            const own = [backgroundColor, backgroundImage, opacity, position].join();
            const plain = own === "rgba(0, 0, 0, 0),none,1,static";
            const behind = background(element.parentElement);
            backgrounds.set(element, plain ? behind : `${behind} / ${own}`);
        }
        return backgrounds.get(element);
    };
    const seen = new Set();
    for (const element of document.querySelectorAll("body *")) {
        const hasText = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && \
node.data.trim());
        if (!hasText || !element.checkVisibility()) continue;
        const {color, fontSize, fontWeight, textShadow, textDecoration} = getComputedStyle(element);
        const link = element.closest("a");
        const around = link ? getComputedStyle(link.parentElement).color : "";
        const look = [background(element), color, fontSize, fontWeight, textShadow, \
textDecoration, around].join("|");
        if (!seen.has(look)) element.setAttribute("data-look", "");
        seen.add(look);
    }
}"""
UNMARK_LOOKS = """() => {
    for (const element of document.querySelectorAll("[data-look]")) \
element.removeAttribute("data-look");
}"""


def findings(page: Page, *, colors: bool = True) -> list[str]:
    """One line for each rule that the page breaks.

    :param colors: whether the contrast of colors is looked at as well.
    """
    rules = {rule: {"enabled": False} for rule in OF_COLOR}
    found = _violations(page, {"rules": rules})
    return found + color_findings(page) if colors else found


def color_findings(page: Page) -> list[str]:
    """One line for each rule of colors that the page breaks, all that another theme can change."""
    page.evaluate(MARK_LOOKS)
    found = _violations(page, {"runOnly": list(OF_COLOR)}, context={"include": [["[data-look]"]]})
    page.evaluate(UNMARK_LOOKS)
    return found


def _violations(page: Page, options: dict[str, Any], context: Any = None) -> list[str]:
    answer = Axe().run(page, context=context, options=QUICK | options)
    return [
        f"{page.url} {each['id']}: {each['nodes'][0]['html'][:120]}"
        for each in answer.response["violations"]
    ]
