"""Templates whose constant parts are worked out when they are loaded, once for each language, not at every drawing.

Words between `{% translate "…" %}`, addresses without arguments, names of static files and icons follow from the
language alone; a page has hundreds. Comments go, and texts that then touch become one. What follows from the reader or
the page stays as it is.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.template import Context, Node, NodeList, Template
from django.template.base import FilterExpression, TextNode, Variable
from django.template.defaulttags import CommentNode, IfNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders.cached import Loader as CachedLoader
from django.templatetags.i18n import LanguageNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch, get_script_prefix
from django.utils.translation import get_language

from community.core.templatetags.ui import icon


class Loader(CachedLoader):
    """Django's, which keeps what it has read; ours keeps it for each language, with the constant parts in place."""

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        return f"{get_language()} {get_script_prefix()} {super().cache_key(template_name, skip)}"

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        key = self.cache_key(template_name, skip)
        is_known = key in self.get_template_cache
        template = super().get_template(template_name, skip)
        if not is_known and get_language():
            fold(template.nodelist)
        return template


class Named(Node):
    """A constant under a name, as in `{% url 'space-list' as forums_url %}`."""

    child_nodelists = ()

    def __init__(self, name: str, value: str) -> None:
        self.name, self.value = name, value

    def render(self, context: Context) -> str:  # type: ignore[override]
        context[self.name] = self.value
        return ""


def fold(nodes: NodeList) -> None:
    """Put texts in the place of all constant nodes below, in the present language."""
    nodes[:] = _joined(_folded(node) for node in nodes)


def _folded(node: Node) -> Node:
    if isinstance(node, CommentNode):
        return TextNode("")
    if isinstance(node, LanguageNode):  # inside it another language is spoken
        return node
    name = getattr(node, "asvar", None) or getattr(node, "varname", None)
    if _is_constant(node):
        try:
            return _constant(node, name)
        except NoReverseMatch:
            return node
    for below in _below(node):
        fold(below)
    return node


def _constant(node: Node, name: str | None) -> Node:
    context = Context()
    drawn = node.render(context)
    return Named(name, context[name]) if name else TextNode(drawn)


def _is_constant(node: Node) -> bool:
    """Whether a node says the same in every drawing; only kinds of which that is known."""
    if isinstance(node, TranslateNode):
        return not (node.noop or node.message_context) and _are_literal([node.filter_expression])
    if isinstance(node, StaticNode):
        return not settings.DEBUG and _are_literal([node.path])
    if isinstance(node, URLNode):
        plain = not (node.args or node.kwargs) and _are_literal([node.view_name])
        return plain and ":" not in str(node.view_name.var)
    if isinstance(node, SimpleNode):
        return node.func is icon and node.target_var is None and _are_literal([*node.args, *node.kwargs.values()])
    return False


def _are_literal(expressions: Iterable[FilterExpression]) -> bool:
    return all(not each.filters and _is_literal(each.var) for each in expressions)


def _is_literal(value: object) -> bool:
    return value.lookups is None if isinstance(value, Variable) else isinstance(value, str)


def _below(node: Node) -> Iterator[NodeList]:
    if isinstance(node, IfNode):
        yield from (nodes for _condition, nodes in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        below = getattr(node, name, None)
        if isinstance(below, NodeList):
            yield below


def _joined(nodes: Iterable[Node]) -> Iterator[Node]:
    """The same with every run of texts as one text, and no empty ones."""
    texts: list[str] = []
    for node in nodes:
        if isinstance(node, TextNode):
            texts.append(node.s)
            continue
        if any(texts):
            yield TextNode("".join(texts))
        texts = []
        yield node
    if any(texts):
        yield TextNode("".join(texts))
