"""A collection to take away: all of it that is published, as a pack."""

from django.http import HttpRequest, HttpResponse

from content.packs.archives import zipped
from content.packs.exporting import files_of
from content.pages import get_collection, public_page
from tpm_portal.packs import TABLES


@public_page()
def collection_pack(request: HttpRequest, slug: str) -> HttpResponse:
    collection = get_collection(request, slug)
    response = HttpResponse(zipped(files_of(collection, TABLES), collection.slug), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{collection.slug}.zip"'
    return response
