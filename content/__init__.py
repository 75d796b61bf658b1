"""What all kinds of content share.

The package decides which rows visitors see (`base_models`, `querysets`, `visibility`), notices
every write (`change_tracking`), and has the models of collections, redirects and loads (`models`).
It also has what public pages are built from: the decorator of their views, lists with filters,
Markdown, downloads and the page cache. It knows no particular kind of content, such as roles.
"""

from typing import Any, TypeAlias

#: A row of a model that the caller knows and the type checker does not.
Row: TypeAlias = Any
#: What Django itself leaves untyped: the value of a field, or an argument that is passed on.
Untyped: TypeAlias = Any
