"""Markdown to safe HTML, plain text, mentions and links in one parse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.text import clean, listed, render

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://tracker.example/p.gif)",
    "<svg/onload=alert(1)>",
    "<a href='vbscript:x'>y</a>",
    "`<script>`\n\n    <script>x</script>",
    "[x](https://ok.example 'title\" onmouseover=\"alert(1)')",
    "@<script>x</script>",
]


def test_render_gives_html_plain_mentions_and_links() -> None:
    rendered = render("Dear **@ana-lima**, see https://www.who.int and [ours](https://a.example/x).\n\n- one\n- two")
    assert rendered.mentions == ("ana-lima",)
    assert rendered.links == ("https://www.who.int", "https://a.example/x")
    assert rendered.plain == "Dear @ana-lima, see https://www.who.int and ours.\none\ntwo"
    assert '<a href="/members/ana-lima/" class="mention" rel="nofollow noopener noreferrer ugc">' in rendered.html


@pytest.mark.parametrize("source", ["a@b.example", "`@code`", "foo/@bar", "@ alone", "@x"])
def test_no_mention_here(source: str) -> None:
    assert render(source).mentions == ()


def test_headings_begin_below_the_page_title() -> None:
    assert render("# One\n\n## Two").html == "<h3>One</h3>\n<h4>Two</h4>\n"


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_source_is_harmless(source: str) -> None:
    html = render(source).html
    bare = html.replace("&lt;", "").lower()
    assert "<script" not in bare and "<img" not in bare and "<svg" not in bare
    assert 'href="javascript' not in bare and 'href="data' not in bare and 'href="vbscript' not in bare
    assert '" onmouseover="' not in bare


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing(source: str) -> None:
    html = render(source).html
    assert clean(html) == html


def test_lists_are_typed_with_the_commas_of_any_keyboard() -> None:
    assert listed("سل، أكسجين، سل , , oxygen  at  night؛ sepsis") == ["سل", "أكسجين", "oxygen at night", "sepsis"]


def test_copied_marks_of_direction_are_gone_and_joiners_stay() -> None:
    shown = render("\u200eoxy\u200egen\u202e and می\u200cشود")
    assert shown.plain == "oxygen and می\u200cشود"
