"""Facts about a page for programs that read it: words of schema.org as JSON-LD, in a block that no browser runs."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

#: What could end the block, or begin something else in it, written as JSON may write it.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def linked_data(kind: str, **facts: Any) -> SafeString:
    """The block for a thing of this kind; facts that are empty are left out.

    :param kind: a type of schema.org.
    """
    told = {name: value for name, value in facts.items() if value}
    text = json.dumps({"@context": "https://schema.org", "@type": kind, **told}, ensure_ascii=False)
    return mark_safe(f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>')


def part(kind: str, **facts: Any) -> Mapping[str, Any]:
    """A thing that stands within another."""
    return {"@type": kind, **{name: value for name, value in facts.items() if value}}
