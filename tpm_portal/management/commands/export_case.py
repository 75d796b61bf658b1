"""Writes a collection as a CASE package.

Use: `manage.py export_case COLLECTION OUT [--drafts] [--site URL]`.
"""

import json

from content.models import Collection
from interchange.case.writer import case_package
from tpm_portal.pack_commands import ExportingCommand


class Command(ExportingCommand):
    help = (
        "Exports a collection as a CASE package (JSON, in the format of version 1.1); the same "
        "content gives the same bytes."
    )

    def content(self, collection: Collection, *, drafts: bool, site: str) -> str:
        page = f"{site}{collection.get_absolute_url()}" if site else ""
        package = case_package(collection, drafts=drafts, page=page)
        return json.dumps(package, ensure_ascii=False, indent=2) + "\n"
