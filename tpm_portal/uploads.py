"""Stops an upload at the cap while it arrives.

Django alone would write any length to disk, for anybody.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class CappedUpload(FileUploadHandler):
    """Counts what one request sends and passes it on.

    Refuses with 400 what is longer than the cap.
    """

    received = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        self._refuse_beyond_cap(content_length)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        self._refuse_beyond_cap(self.received)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _refuse_beyond_cap(self, length: int) -> None:
        if length > settings.UPLOAD_MAX_SIZE:
            raise RequestDataTooBig(f"Uploads may have {settings.UPLOAD_MAX_SIZE} bytes.")
