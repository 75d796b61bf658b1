"""Writes skills as rich skill descriptors.

Use: `manage.py export_rsd COLLECTION OUT [--drafts] [--site URL]`.
"""

from content.models import Collection
from rsd.writer import descriptors_csv
from tpm_portal.pack_commands import ExportingCommand


class Command(ExportingCommand):
    help = (
        "Exports the skills of a collection as rich skill descriptors (RSD, CSV), which skill "
        "libraries read."
    )

    def content(self, collection: Collection, *, drafts: bool, site: str) -> str:
        return descriptors_csv(collection, drafts=drafts, site=site)
