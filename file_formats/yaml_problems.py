"""Says in plain language why PyYAML refuses a text, and in which line.

PyYAML describes faults by the states of its parser, which help no one who writes a file.
"""

import yaml
from yaml.reader import ReaderError

#: Texts with these characters at their beginning mean something else in YAML.
ANCHORS_AND_TAGS = (
    "anchors, aliases and tags are not allowed; put text that begins with &, * or ! in quotes"
)
BRACKETS_NOT_CLOSED = (
    "this {kind} has no closing bracket, or a comma between two entries is missing"
)
WRONG_ESCAPE = (
    "in double quotes, \\ begins an escape such as \\n, and this is not one; write \\\\, or use "
    "single quotes"
)
NO_KEY = (
    "this line does not fit those above it: expected a key and a colon, indented like the other "
    "keys, and nothing after a closing quote"
)
TAB = "use spaces instead of a tab"
OTHER_PROBLEM = "this line is not valid YAML"

#: The reason for each problem of PyYAML.
REASONS_BY_PROBLEM = {
    "mapping values are not allowed in this context": (
        "put text that contains a colon and a space in quotes, and indent this key like the "
        "other keys"
    ),
    "block sequence entries are not allowed in this context": (
        "begin the list on a new line below its key"
    ),
    "could not find expected ':'": "this line has no colon after its key",
    "did not find expected key": NO_KEY,
    "did not find expected '-' indicator": "expected another entry of the list, with a - before it",
    "did not find expected <document start>": (
        "this line is indented less than the first one, or follows the end of the YAML"
    ),
    "but found another document": "--- begins a second document, and only one is read",
    "did not find expected comment or line break": "after | or >, begin the text on the next line",
    "found a tab character that violates indentation": TAB,
    "found unknown escape character": WRONG_ESCAPE,
    "did not find expected hexdecimal number": WRONG_ESCAPE,
    "found invalid Unicode character escape code": WRONG_ESCAPE,
    "found unhashable key": "a key must be text, not a list or a mapping",
    "found undefined alias": ANCHORS_AND_TAGS,
}
#: The reason for all other problems, by the part of a text in which PyYAML finds them.
REASONS_BY_CONTEXT = {
    "while scanning a quoted scalar": "this quoted text has no closing quote",
    "while parsing a flow sequence": BRACKETS_NOT_CLOSED.format(kind="list"),
    "while parsing a flow mapping": BRACKETS_NOT_CLOSED.format(kind="mapping"),
    "while scanning an alias": ANCHORS_AND_TAGS,
    "while scanning an anchor": ANCHORS_AND_TAGS,
    "while scanning a tag": ANCHORS_AND_TAGS,
    "while parsing a tag": ANCHORS_AND_TAGS,
    "while scanning a directive": "a line must not begin with %",
}
#: The problem is where these began, not where PyYAML noticed it.
CONTEXTS_WITH_LINE = {
    "while scanning a quoted scalar",
    "while parsing a flow sequence",
    "while parsing a flow mapping",
    "while scanning a simple key",
}
#: A character is where none is expected.
UNEXPECTED_CHARACTER = {
    "found character that cannot start any token",
    "did not find expected node content",
}


def yaml_problem(error: yaml.YAMLError, text: str) -> tuple[str, int]:
    """The reason why a text is refused, and the number of its line, from 0.

    :param text: what PyYAML has read.
    """
    if isinstance(error, ReaderError):
        reason = f"the character U+{error.character:04X} is not allowed in YAML"
        return reason, text.encode()[: error.position].count(b"\n")
    if not isinstance(error, yaml.MarkedYAMLError):
        return OTHER_PROBLEM, 0
    context = error.context or ""
    mark = error.context_mark if context in CONTEXTS_WITH_LINE else error.problem_mark
    index = mark.index if mark else 0
    return _reason(error.problem or "", context, text[index : index + 1]), text.count(
        "\n", 0, index
    )


def _reason(problem: str, context: str, character: str) -> str:
    """
    :param character: where PyYAML found the problem; empty at the end of the text.
    """
    if problem not in UNEXPECTED_CHARACTER:
        reason = REASONS_BY_PROBLEM.get(problem) or REASONS_BY_CONTEXT.get(context)
        return reason or OTHER_PROBLEM
    if character == "\t":
        return TAB
    if not character.strip():
        return "a value is missing here"
    return f"put text that begins with {character} in quotes"
