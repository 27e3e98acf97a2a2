"""The text pipeline: one parse of Markdown gives safe HTML, plain text, mentions and links."""

import re
from dataclasses import dataclass
from typing import Any

import nh3
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

RENDERER_VERSION = 1
MAX_LENGTH = 20_000

TAGS = {
    *("p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title", "class"}, "ol": {"start"}, "code": {"class"}}
SCHEMES = {"http", "https", "mailto"}
#: What only says a direction. It comes along when words are copied, is not seen, and keeps words from being found.
DIRECTION_MARKS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
#: Commas and semicolons as keyboards have them: Latin, Arabic, Chinese.
SEPARATORS = re.compile(r"[,;،؛，、\n]")
HANDLE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


@dataclass(frozen=True)
class Rendered:
    """What one parse of a source gives. `mentions` are handles in order of appearance, each once."""

    html: str
    plain: str
    mentions: tuple[str, ...]
    links: tuple[str, ...]
    version: int = RENDERER_VERSION


def render(source: str) -> Rendered:
    """Render Markdown. Raw HTML in the source is shown as text; the result is cleaned by an allow-list once more."""
    environment: dict[str, Any] = {}
    tokens = _parser.parse(without_marks(source), environment)
    html = _parser.renderer.render(tokens, _parser.options, environment)
    return Rendered(clean(html), _plain(tokens), _mentions(tokens), _links(tokens))


def without_marks(text: str) -> str:
    """The text without invisible marks of direction; joiners, which change letters, stay."""
    return text.translate(DIRECTION_MARKS)


def listed(text: str) -> list[str]:
    """The entries of a list that somebody typed with commas between, each once, with single spaces."""
    words = (" ".join(word.split()) for word in SEPARATORS.split(without_marks(text)))
    return list(dict.fromkeys(word for word in words if word))


def clean(html: str) -> str:
    """Keep the allowed tags and attributes; links get rel attributes against tracking and reverse tabnabbing."""
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow noopener noreferrer ugc"
    )


def _mention(state: StateInline, silent: bool) -> bool:
    """An inline rule: `@handle` at the start of a word."""
    start, text = state.pos, state.src
    if text[start] != "@" or (start > 0 and (text[start - 1].isalnum() or text[start - 1] in "._-/")):
        return False
    end = start + 1
    while end < state.posMax and text[end] in HANDLE:
        end += 1
    handle = text[start + 1 : end].rstrip("-_").lower()
    if len(handle) < 2 or state.linkLevel > 0:
        return False
    if not silent:
        _push_mention(state, handle)
    state.pos = start + 1 + len(handle)
    return True


def _push_mention(state: StateInline, handle: str) -> None:
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": f"/members/{handle}/", "class": "mention"}
    opening.meta = {"mention": handle}
    state.push("text", "", 0).content = f"@{handle}"
    state.push("link_close", "a", -1)


def _shift_heading(self: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    """Headings of a post begin below those of the page."""
    token = tokens[index]
    token.tag = f"h{min(6, int(token.tag[1]) + 2)}" if not token.meta.get("shifted") else token.tag
    token.meta = {**token.meta, "shifted": True}
    return str(self.renderToken(tokens, index, options, env))


def _build() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True})
    parser.enable(["linkify", "table", "strikethrough"])
    parser.disable("image")
    parser.linkify = LinkifyIt().tlds(["int"], keep_old=True)
    parser.inline.ruler.before("link", "mention", _mention)
    parser.add_render_rule("heading_open", _shift_heading)
    parser.add_render_rule("heading_close", _shift_heading)
    return parser


def _flat(tokens: list[Token]) -> list[Token]:
    return [leaf for token in tokens for leaf in (_flat(token.children) if token.children else [token])]


def _plain(tokens: list[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type == "inline":
            parts.append("".join(_leaf_text(leaf) for leaf in token.children or []))
        elif token.type in {"fence", "code_block"}:
            parts.append(token.content.strip())
    return "\n".join(part for part in parts if part)


def _leaf_text(token: Token) -> str:
    return "\n" if token.type in {"softbreak", "hardbreak"} else token.content


def _mentions(tokens: list[Token]) -> tuple[str, ...]:
    found = [token.meta["mention"] for token in _flat(tokens) if "mention" in token.meta]
    return tuple(dict.fromkeys(found))


def _links(tokens: list[Token]) -> tuple[str, ...]:
    hrefs = [str(t.attrs["href"]) for t in _flat(tokens) if t.type == "link_open" and "mention" not in t.meta]
    return tuple(dict.fromkeys(hrefs))


_parser = _build()
