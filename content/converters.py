"""Path converters of the site's addresses."""


class KeyConverter:
    """A row's key: ``slug``, or ``collection:slug`` outside the portal's own collection.

    Capital letters are taken too, so that `public_page` can lead on to the address without them.
    """

    regex = r"(?:[A-Za-z0-9-]{1,80}:)?[A-Za-z0-9-]{1,80}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FileFormConverter(KeyConverter):
    """The form in which a table is wanted, as its file's name ends.

    See `file_formats.table_files`.
    """

    regex = "csv|xlsx|json|md"
