"""Types that Django and django-reversion leave open, each with a name for what it holds here."""

from typing import Any

#: A row of a model that is known only at run time, so mypy cannot check its fields.
Row = Any
#: The value of a field, in a row, in a form or in a stored version.
Value = Any
#: A field of a model that leads to other rows: a foreign key or a many-to-many relation.
RelationField = Any
#: Variables of a template, or named arguments whose types Django leaves open.
Options = dict[str, Any]
#: The heading and the options of a group of fields on a form.
Fieldset = Any
