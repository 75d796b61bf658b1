"""Forms of the admin: the login, and the uploads that load collections."""

from pathlib import Path

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import User

from content import Untyped
from content.fields import LINE_LENGTH, SLUG_LENGTH, validate_slug
from uploads.upload_forms import LoadingForm, UploadField

#: The folder of the mappings that ship with the portal.
MAPPINGS = Path(__file__).parent / "mappings"


class LoginForm(AdminAuthenticationForm):
    """Refuses names longer than any account has.

    Django only tells the browser how long a name may be, and every failed login is recorded with
    the name that was sent.
    """

    username = UsernameField(
        max_length=User._meta.get_field("username").max_length,
        widget=forms.TextInput(attrs={"autofocus": True}),
    )


class LineFormField(forms.CharField):
    """One line, at most as long as its column in the database."""

    def __init__(self, **kwargs: Untyped) -> None:
        super().__init__(max_length=LINE_LENGTH, **kwargs)


class TableForm(LoadingForm):
    """Files of another publisher, and the mapping that reads them."""

    file = UploadField(
        endings=(".csv", ".xlsx", ".json", ".yml", ".yaml", ".md", ".txt", ".tsv", ".zip"),
        label="Source",
        help_text="One file, or a zip of the folder that the mapping reads.",
    )
    mapping = forms.ChoiceField(required=False, help_text="How to read it.")
    own = UploadField(
        required=False,
        endings=(".yml", ".yaml"),
        label="Your own mapping",
        help_text="Instead of one included with the portal.",
    )
    field_order = ("file", "mapping", "own")

    def __init__(self, *args: Untyped, **kwargs: Untyped) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mapping"]
        assert isinstance(field, forms.ChoiceField)
        choices = [("", "Choose one, or upload your own below")]
        for path in sorted(MAPPINGS.glob("*.yml")):
            choices.append((path.stem, path.stem))
        field.choices = choices

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        # The field is missing when the upload is confirmed.
        if "own" not in self.fields or self.errors:
            return data
        if bool(data.get("mapping")) == bool(data.get("own")):
            raise forms.ValidationError("Either choose a mapping from the list or upload your own.")
        return data


class CollectionForm(LoadingForm):
    """The collection into which a file is loaded that does not name one itself."""

    collection = forms.CharField(
        required=False,
        max_length=SLUG_LENGTH,
        validators=[validate_slug],
        help_text=("The slug of a new or existing collection. Generated from the title if blank."),
    )


class CaseForm(CollectionForm):
    """A CASE framework."""

    file = UploadField(
        endings=(".json", ".csv", ".xlsx"),
        label="Framework",
        help_text="A CASE package (JSON), or a table or workbook from OpenSALT.",
    )
    field_order = ("file", "collection")


class DescriptorsForm(CollectionForm):
    """Rich skill descriptors, and what the file does not say about a new collection of them."""

    file = UploadField(
        endings=(".csv", ".json"), label="Descriptors", help_text="A CSV table, or JSON from OSMT."
    )
    author = LineFormField(required=False, help_text="For descriptors without an author.")
    title = LineFormField(required=False, help_text="For a new collection.")
    publisher = LineFormField(required=False, help_text="For a new collection.")
    license = LineFormField(
        required=False, help_text="For a new collection: an SPDX identifier, or its name."
    )
    attribution = LineFormField(
        required=False, help_text="For a new collection: the attribution to show with it."
    )

    field_order = ("file", "collection", "author", "title", "publisher", "license", "attribution")
