"""Fields and forms of the upload pages."""

from pathlib import PurePath

from django import forms
from django.core.files import File


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
        if file and PurePath(file.name or "").suffix.lower() not in self.endings:
            raise forms.ValidationError(f"Choose a file that ends in {' or '.join(self.endings)}.")
        return file


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
