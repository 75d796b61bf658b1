"""What is asked with an upload."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files import File


class UploadField(forms.FileField):
    """A file with one of these endings."""

    def __init__(self, *args: Any, endings: tuple[str, ...], **kwargs: Any) -> None:
        self.endings = endings
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(endings)}))
        super().__init__(*args, **kwargs)

    def to_python(self, data: Any) -> File | None:
        file = super().to_python(data)
        if file and PurePath(file.name or "").suffix.lower() not in self.endings:
            raise forms.ValidationError(f"Choose a file that ends in {' or '.join(self.endings)}.")
        return file


class LoadingForm(forms.Form):
    """What a load may do; the names are those of its terms."""

    overwrite = forms.BooleanField(
        required=False,
        label="Overwrite what was edited here",
        help_text=(
            "Otherwise rows that were edited or deleted here since the last load stay as they are."
        ),
    )
    retire = forms.BooleanField(
        required=False,
        label="Retire what is absent",
        help_text=(
            "Archive what the last load brought and this one has no more. Otherwise it stays."
        ),
    )
    skip_refused = forms.BooleanField(
        required=False,
        label="Skip what is refused",
        help_text="Load what is sound. Otherwise one refused row keeps the whole file out.",
    )


class PackForm(LoadingForm):
    """A pack."""

    file = UploadField(
        endings=(".zip",), label="Pack", help_text="A zip of the folder with pack.yml in it."
    )

    field_order = ("file",)
