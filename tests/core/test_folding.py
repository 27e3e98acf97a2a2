"""Templates with their constant parts in place draw what Django's own draw, in each language."""

import pytest
from django.template import Context, Engine, engines
from django.template.base import Node, NodeList, TextNode
from django.utils import translation

from community.core.folding import Loader, Named, fold

SOURCE = """{# gone #}{% comment %}gone{% endcomment %}
{% if name %}<b>{% translate "Quote" %}</b>{% translate "Reply" as reply %}{{ reply }}{% endif %}
{% url 'space-list' as forums %}{{ forums }} {% url 'space-detail' name %} {% url 'no-such-place' as none %}[{{ none }}]
{% static "core/css/theme.css" %} {% icon "flag" "sm" %} {% icon sign %} {% translate name %}
{% for n in numbers %}{% translate "Report" %}{% with m=n %}{% translate "Edit" %}{{ m }}{% endwith %}{% endfor %}
{% blocktranslate %}Post {{ n }} by {{ name }}{% endblocktranslate %}{% translate "Quote"|upper %}"""
FACTS = {"name": "Reply", "numbers": [1, 2], "sign": "bell", "n": 3}


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_folded_template_draws_the_same(language: str) -> None:
    with translation.override(language):
        plain, folded = (engines["django"].engine.from_string(SOURCE) for _time in range(2))  # type: ignore[attr-defined]
        fold(folded.nodelist)

        assert folded.render(Context(FACTS)) == plain.render(Context(FACTS))
        assert _count(folded.nodelist) < _count(plain.nodelist)


def test_readers_of_two_languages_get_their_own() -> None:
    engine = Engine(
        loaders=[("community.core.folding.Loader", [("django.template.loaders.locmem.Loader", {"a.html": SOURCE})])],
        builtins=engines["django"].engine.builtins,  # type: ignore[attr-defined]
    )
    drawn = {}
    for language in ("en", "fr", "en"):
        with translation.override(language):
            template = engine.get_template("a.html")
            drawn[language] = template.render(Context(FACTS))
            assert engine.get_template("a.html") is template
    assert "Report" in drawn["en"] and "Signaler" in drawn["fr"] and "Report" not in drawn["fr"]


def test_another_language_inside_is_left_to_the_drawing() -> None:
    source = '{% language "fr" %}{% translate "Report" %}{% endlanguage %}{% translate "Report" %}'
    template = engines["django"].engine.from_string(source)  # type: ignore[attr-defined]
    with translation.override("en"):
        fold(template.nodelist)
        assert template.render(Context()) == "SignalerReport"


def test_the_site_uses_it() -> None:
    (loader,) = engines["django"].engine.template_loaders  # type: ignore[attr-defined]
    assert isinstance(loader, Loader)


def _count(nodes: NodeList) -> int:
    return sum(not isinstance(node, TextNode | Named) for node in nodes.get_nodes_by_type(Node))
