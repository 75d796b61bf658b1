"""How the texts of a CFItem and the columns of a row stand for each other, in both directions."""

from content.fields import LINE_LENGTH
from interchange.case.objects import Object
from interchange.case.schema import ItemHome

CODE_LENGTH = 40


def take_texts(values: dict[str, str], home: ItemHome) -> tuple[Object, str]:
    """The texts of the item, taken out of the columns of its row.

    With them comes the column that is the full statement.
    """
    title = values.pop("title", "")
    statement = next((name for name in home.statements if values.get(name)), "title")
    texts: Object = {"abbreviatedStatement": title, "fullStatement": values.pop(statement, title)}
    if code := values.pop(home.code, ""):
        texts["humanCodingScheme"] = code
    keywords = values.get(home.keywords, "").split("\n")
    if all(word and word == word.strip() for word in keywords):
        texts["conceptKeywords"] = keywords
        del values[home.keywords]
    return texts, statement


def give_texts(found: Object, home: ItemHome, statement: str) -> dict[str, str]:
    """The columns that `take_texts` made this item from.

    :param found: an item whose texts are texts.
    """
    values = {name: "" for name in (*home.statements, home.keywords) if name}
    values[statement] = found["fullStatement"]
    if home.has_title:
        values["title"] = found.get("abbreviatedStatement") or values.get("title", "")
    if home.code:
        values[home.code] = found.get("humanCodingScheme") or ""
    if home.keywords and found.get("conceptKeywords"):
        values[home.keywords] = "\n".join(found["conceptKeywords"])
    return values


def columns_of(found: Object, home: ItemHome) -> dict[str, str]:
    """The columns for an item that another program wrote."""
    full = found["fullStatement"]
    if not home.has_title:
        return {home.statements[0]: full}
    title = line(found.get("abbreviatedStatement") or full)
    values = {"title": title, home.statements[0]: "" if full == title else full}
    if home.keywords:
        values[home.keywords] = "\n".join(found.get("conceptKeywords") or [])
    if home.code and len(code := found.get("humanCodingScheme") or "") <= CODE_LENGTH:
        values[home.code] = code
    return values


def line(text: str) -> str:
    """The beginning of a text as one line."""
    words = " ".join(text.split())
    return words if len(words) <= LINE_LENGTH else f"{words[: LINE_LENGTH - 1].rstrip()}…"
