"""Lists of links and other HTML within a sentence."""

from django import template
from django.template import Context, NodeList
from django.template.base import FilterExpression, Parser, Token

register = template.Library()


@register.tag
def comma_list(parser: Parser, token: Token) -> "CommaListNode":
    """Renders its content for each row, separated by commas.

    ``{% comma_list skill in skills %}<a href="…">{{ skill.title }}</a>{% endcomma_list %}``

    :raises template.TemplateSyntaxError: if it does not name a variable and what to iterate over.
    """
    arguments = token.split_contents()
    if len(arguments) != 4 or arguments[2] != "in":
        raise template.TemplateSyntaxError("write {% comma_list row in rows %}")
    nodelist = parser.parse(("endcomma_list",))
    parser.delete_first_token()
    return CommaListNode(arguments[1], parser.compile_filter(arguments[3]), nodelist)


class CommaListNode(template.Node):
    """The content of a `comma_list` tag."""

    def __init__(self, variable: str, rows: FilterExpression, nodelist: NodeList) -> None:
        self.variable = variable
        self.rows = rows
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        parts = []
        for row in self.rows.resolve(context) or ():
            with context.push(**{self.variable: row}):
                parts.append(self.nodelist.render(context).strip())
        return ", ".join(parts)
