"""Fields and forms of the upload pages."""

from pathlib import PurePath

from django import forms
from django.core.files import File

OPENDOCUMENT_ENDINGS = {".ods", ".fods", ".ots", ".odt"}
#: The first member of the zip names the format, directly after the header of the member.
OPENDOCUMENT_MARK = b"mimetypeapplication/vnd.oasis.opendocument."
OPENDOCUMENT_MARK_OFFSET = 30
OPENDOCUMENT_NOTE = (
    "This is an OpenDocument file. Save it in another format in LibreOffice, with File, Save As."
)


class UploadField(forms.FileField):
    """A file whose name ends in one of the given suffixes."""

    def __init__(
        self, *, endings: tuple[str, ...], required: bool = True, label: str = "", help_text: str
    ) -> None:
        """
        :param endings: suffixes in lower case, each with its dot.
        """
        self.endings = endings
        widget = forms.FileInput(attrs={"accept": ",".join(endings)})
        super().__init__(widget=widget, required=required, label=label, help_text=help_text)

    def to_python(self, data: File | None) -> File | None:
        """The file.

        :raises ValidationError: if its name ends in none of the suffixes.
        """
        file = super().to_python(data)
        if file is None:
            return None
        instruction = f"Choose a file that ends in {' or '.join(self.endings)}."
        if _is_opendocument(file):
            raise forms.ValidationError(f"{OPENDOCUMENT_NOTE} {instruction}")
        if PurePath(file.name or "").suffix.lower() not in self.endings:
            raise forms.ValidationError(instruction)
        return file


def _is_opendocument(file: File) -> bool:
    """Whether a file is in the format of LibreOffice, whatever its name says."""
    beginning = file.read(len(OPENDOCUMENT_MARK) + OPENDOCUMENT_MARK_OFFSET)
    file.seek(0)
    is_named_so = PurePath(file.name or "").suffix.lower() in OPENDOCUMENT_ENDINGS
    return is_named_so or beginning[OPENDOCUMENT_MARK_OFFSET:] == OPENDOCUMENT_MARK


class LoadingForm(forms.Form):
    """What a load may do. The names are those of the fields of `packs.load_options.LoadOptions`."""

    overwrite = forms.BooleanField(
        required=False,
        label="Overwrite local edits",
        help_text=(
            "If not selected, rows that were edited or deleted here since the last import are "
            "kept as they are here."
        ),
    )
    retire = forms.BooleanField(
        required=False,
        label="Archive items missing from the file",
        help_text=(
            "Archive items of the last import that this file does not contain. If not selected, "
            "they are kept."
        ),
    )
    skip_refused = forms.BooleanField(
        required=False,
        label="Import valid rows only",
        help_text=(
            "Skip refused rows. If not selected, a single refused row stops the whole import."
        ),
    )


class PackForm(LoadingForm):
    """A pack as a zip file."""

    file = UploadField(
        endings=(".zip",), label="Pack", help_text="A zip of the folder that contains pack.yml."
    )

    field_order = ("file",)
