"""Templates hold no script, no style and no unescaped words, so that a strict content policy can hold."""

import re
from pathlib import Path

from tests.architecture.source import ROOT, Module, our_modules, sample, templates

HANDLERS = (
    "abort|animation\\w+|before\\w+|blur|change|click|close|copy|cut|dblclick|drag\\w*|drop|error|focus\\w*|input|invalid|key\\w+|"
    "load\\w*|mouse\\w+|paste|pointer\\w+|reset|resize|scroll|select\\w*|submit|toggle|touch\\w+|transition\\w+|unload|wheel"
)
RULES = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>\s*\S", re.I),
    "inline style sheet": re.compile(r"<style\b", re.I),
    "style attribute": re.compile(r"<[^>{]*\sstyle\s*=", re.I),
    "event handler": re.compile(rf"<[a-z][^>]*\s(?:on(?:{HANDLERS})|hx-on[^\s=]*)\s*=", re.I),
    "javascript: address": re.compile(r"""(?:href|src|action)\s*=\s*["']\s*javascript:""", re.I),
    "unescaped words": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
    "foreign address": re.compile(
        r"""<(?:script|link|img|iframe|video|audio)[^>]*(?:src|href)\s*=\s*["'](?:https?:)?//""", re.I
    ),
}
# JSON for a script to read is data, not script.
DATA_SCRIPT = re.compile(r"<script[^>]*type=[\"']application/(?:ld\+)?json[\"'][^>]*>.*?</script>", re.I | re.S)
# Mail readers know no style sheets: mails carry their style in attributes.
MAIL = "emails/"
EXEMPT = {
    ("components/field.html", "unescaped words"): "help texts stand in our code, and Django's own hold lists",
    ("components/composer.html", "unescaped words"): "help texts stand in our code",
}
# Where Python marks HTML as safe: each place with what made it safe.
MARKED_SAFE = {
    "community.core.templatetags.ui": "icons that heroicons draws from its own files",
    "webinars.descriptions": "what the renderer has cleaned when the plan was stored",
    "community.knowledge.heads": "JSON whose <, > and & are written as escapes",
    "search.highlighting": "words that it has escaped itself, with marks between them",
    "community.knowledge.templatetags.practice": "what the renderer has just cleaned, and JSON with its signs escaped",
    "forums.showing": "what the renderer has cleaned when the post was stored",
}


def violations(name: str, text: str) -> list[str]:
    bare = DATA_SCRIPT.sub(lambda match: "\n" * match.group().count("\n"), _without_comments(text))
    found = []
    for rule, pattern in RULES.items():
        if (name, rule) in EXEMPT or (name.endswith(".txt") and rule == "unescaped words"):
            continue
        if name.startswith(MAIL) and rule.endswith(("sheet", "attribute")):
            continue
        found += [f"{name}:{bare[: match.start()].count(chr(10)) + 1} {rule}" for match in pattern.finditer(bare)]
    return found


def _without_comments(text: str) -> str:
    blank = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.S)
    return blank.sub(lambda match: "\n" * match.group().count("\n"), text)


def marks_safe(module: Module) -> bool:
    return re.search(r"\bmark_safe\(|\bSafeString\(|\bSafeText\(", module.text) is not None


def _name(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


def test_templates_hold_no_script_style_or_unescaped_words() -> None:
    found = [line for path in templates() for line in violations(_name(path), path.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found)


def test_each_rule_finds_its_fault() -> None:
    faults = {
        "inline script": "<script>alert(1)</script>",
        "inline style sheet": "<style>p {}</style>",
        "style attribute": '<p style="color: red">',
        "event handler": '<button onclick="go()">',
        "javascript: address": '<a href="javascript:go()">',
        "unescaped words": "{{ post.source|safe }}",
        "foreign address": '<img src="https://elsewhere.example/a.png">',
    }

    assert {rule: violations("a.html", text) for rule, text in faults.items()} == {
        rule: [f"a.html:1 {rule}"] for rule in faults
    }


def test_what_is_allowed_stays_allowed() -> None:
    fine = """{# <script>x</script> #}
    <script type="module" src="{% static 'core/ui.js' %}"></script>
    <script type="application/json" id="facts">{"one": 1}</script>
    <p class="style" data-on="x" one="{{ one }}">{{ safe }}</p>"""

    assert violations("a.html", fine) == []


def test_python_marks_html_as_safe_in_listed_places_only() -> None:
    assert {module.name for module in our_modules() if marks_safe(module)} == set(MARKED_SAFE)
    assert marks_safe(sample("html = mark_safe(text)\n"))
