"""The tables of docs/mapping.md: the keys of the language, with examples and their results."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from file_formats.text_files import read_yaml
from mapping.expression_parser import EXPRESSIONS, GATHER_FORMS, Scope, parse_expression
from mapping.expressions import RowContext, SourceIndex
from mapping.parser import MAPPING_KEYS, NUMBER_KEYS, TABLE_KEYS
from mapping.record_transforms import CONDITIONS, RECORD_TRANSFORMS
from mapping.value_transforms import VALUE_TRANSFORM_KEYS
from source_files.files import FILE_FORMATS
from source_files.markdown import BLOCK_COLUMNS
from source_files.options import ENCODINGS, SOURCE_KEYS, Record
from source_files.validation import Help, Value, YamlValue

#: The record that the examples of expressions are evaluated with.
SAMPLE_RECORD = Record(
    "sample",
    {
        "Name": "Lead Manager",
        "Nickname": "",
        "Family": "Delivery",
        "Code": "2.A.1",
        "Level": "Expert",
        "Tags": "a; B c",
        "Value": "1,5",
        "Text": "A **bold** plan.\n\nThe rest.",
        "Page": "<p>A <b>bold</b> plan.</p>",
    },
)
#: The records of another source that the example of `gather` finds.
SAMPLE_MATCHES = (
    Record("sample", {"Code": "2.A.1", "Alias": "Boss"}),
    Record("sample", {"Code": "2.A.1", "Alias": "Chief"}),
)
SAMPLE_EXPRESSIONS: dict[str, YamlValue] = {"family id": {"column": "Family", "slug": "true"}}


class SampleConversion:
    """In place of a conversion while an example is evaluated."""

    def find_records(self, index: SourceIndex, key: tuple[str, ...]) -> Sequence[Record]:
        return [record for record in SAMPLE_MATCHES if key in index.keys_of(record)]

    def count_omission(self, description: str) -> None:
        """Nothing is reported about examples."""


def evaluate_example(example: str) -> Value:
    """The value of an expression, written in YAML, for the sample record."""
    scope = Scope("example", ["names"], named_expressions=SAMPLE_EXPRESSIONS)
    expression = parse_expression(read_yaml(example, "example"), scope)
    return expression.evaluate(RowContext(SAMPLE_RECORD, SampleConversion()))


def _markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _code(text: str) -> str:
    """Text as code in Markdown; empty text stays empty."""
    return f"`{text}`" if text else ""


def _value_as_code(value: Value) -> str:
    if isinstance(value, str):
        return _code(value)
    return f"list of {', '.join(map(_code, value))}"


def _keys_table(keys: Mapping[str, Help]) -> str:
    """A table of keys with examples of their values."""
    rows = []
    for key, help_text in keys.items():
        rows.append([_code(key), help_text.meaning, _code(help_text.example)])
    return _markdown_table(["key", "meaning", "example"], rows)


def _examples_table(keys: Mapping[str, Help]) -> str:
    """A table of keys of expressions with examples and their values for the sample record."""
    rows = []
    for key, help_text in keys.items():
        result = _value_as_code(evaluate_example(help_text.example))
        rows.append([_code(key), help_text.meaning, _code(help_text.example), result])
    return _markdown_table(["key", "meaning", "example", "result"], rows)


def _meanings_table(header: Sequence[str], meanings: Mapping[str, str]) -> str:
    """A table of names with their meanings."""
    rows = [[_code(name), meaning] for name, meaning in meanings.items()]
    return _markdown_table(header, rows)


def _conditions_table() -> str:
    rows = []
    for value, help_text in CONDITIONS.items():
        rows.append([value, help_text.meaning, _code(help_text.example)])
    return _markdown_table(["value", "the record is kept if", "example"], rows)


def _sample_record_table() -> str:
    rows = []
    for column, text in SAMPLE_RECORD.values.items():
        paragraphs = map(_code, text.split("\n\n"))
        rows.append([column, ", an empty line, ".join(paragraphs) or "(empty)"])
    return _markdown_table(["column", "cell"], rows)


def _readers_table() -> str:
    names_by_meaning: dict[str, list[str]] = {}
    for name, file_format in FILE_FORMATS.items():
        names_by_meaning.setdefault(file_format.help.meaning, []).append(_code(name))
    rows = [[", ".join(names), meaning] for meaning, names in names_by_meaning.items()]
    return _markdown_table(["ending or `reader`", "records"], rows)


#: By the name that the comments around a table give, see `write_docs`.
TABLES: dict[str, Callable[[], str]] = {
    "mapping-keys": lambda: _keys_table(MAPPING_KEYS),
    "mapping-source-keys": lambda: _keys_table(SOURCE_KEYS),
    "mapping-readers": _readers_table,
    "mapping-encodings": lambda: ", ".join(ENCODINGS),
    "mapping-block-columns": lambda: _meanings_table(["column", "text"], BLOCK_COLUMNS),
    "mapping-table-keys": lambda: _keys_table(TABLE_KEYS),
    "mapping-record-transforms": lambda: _keys_table(
        {key: kind.help for key, kind in RECORD_TRANSFORMS.items()}
    ),
    "mapping-conditions": _conditions_table,
    "mapping-number-keys": lambda: _keys_table(NUMBER_KEYS),
    "mapping-sample-record": _sample_record_table,
    "mapping-expressions": lambda: _examples_table(
        {keyword: kind.full_help() for keyword, kind in EXPRESSIONS.items()}
    ),
    "mapping-value-transforms": lambda: _examples_table(VALUE_TRANSFORM_KEYS),
    "mapping-gather-forms": lambda: _meanings_table(
        ["`as`", "value of the column"],
        {name: form.help.meaning for name, form in GATHER_FORMS.items()},
    ),
}
