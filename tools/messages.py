"""The words of the interface: found in code and first data, kept in `locale/*/LC_MESSAGES/django.po`, then compiled.

    python -m tools.messages update           new messages in, gone ones out; what is new waits untranslated
    python -m tools.messages waiting DIR      what waits, as DIR/LANGUAGE.json: {id: message or [singular, plural]}
    python -m tools.messages take LANGUAGE JSON TRANSLATED    put translated values in by the same ids
    python -m tools.messages check            nothing missing, no placeholder or tag lost
    python -m tools.messages compile          the .mo files, which are not kept in the repository

Pure Python: Django finds what templates mark, `ast` what code marks, and Babel reads, writes and compiles. Names of
professions and specialties and the words of a new site's pages are messages too. No gettext programs are needed.
Messages stand in order of their letters, without places and line breaks, so that differences show what changed and
nothing else. docs/languages.md tells translators how to work.
"""

import ast
import csv
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from community.knowledge.first_pages.words import first_words

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
LANGUAGES = ("es", "fr", "ar")
PACKAGES = ("community", "forums", "webinars", "search", "demo")
#: Reference data whose names are shown to people, and the columns that hold them.
NAMED = {"professions": ("name", "group"), "specialties": ("name",)}
CALLS = {
    "gettext": "i",
    "gettext_lazy": "i",
    "gettext_noop": "i",
    "ngettext": "ip",
    "ngettext_lazy": "ip",
    "pgettext": "ci",
    "pgettext_lazy": "ci",
    "npgettext": "cip",
    "npgettext_lazy": "cip",
    "_": "i",
}
#: Written into every file instead of the hour, which would make each of them differ each time.
BEGAN = datetime(2026, 11, 22, tzinfo=UTC)
HEADER = "# Words of Collegium's interface. docs/languages.md says how to correct one.\n"
TEXT = r"""(?:u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"(?<!\w)(_|gettext|ngettext|pgettext|npgettext)\(({TEXT}(?:\s*,\s*{TEXT})*)", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?\w+|href=\"[^\"]*\"")
STRAY = re.compile(r"%(?!\(\w+\)[sdif]|%|[sd])")


class Message(NamedTuple):
    """What the code asks for: the English words, their plural ("" without one) and a context ("" without one)."""

    text: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> str | tuple[str, str]:
        """As Babel names it."""
        return (self.text, self.plural) if self.plural else self.text


# --- Finding ---------------------------------------------------------------------------------------------------


def messages_of_code() -> list[Message]:
    """Every message that templates and Python mark, once each, by their letters."""
    found: dict[tuple[str, str], Message] = {}
    code = chain.from_iterable((ROOT / package).rglob("*.py") for package in PACKAGES)
    templates = (path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"})
    for message in chain(_in_files(code, in_python), _in_files(templates, in_template), in_first_data()):
        known = found.get((message.context, message.text))
        if known is None or (message.plural and not known.plural):
            found[message.context, message.text] = message
    return sorted(found.values(), key=lambda message: (message.text, message.context))


def in_first_data() -> Iterator[Message]:
    """The names of reference data, and the words of the first pages."""
    for name, columns in NAMED.items():
        lines = (ROOT / "community" / "members" / "data" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            yield from (Message(row[column]) for column in columns if row[column])
    yield from (Message(words) for words in first_words())


def _in_files(paths: Iterable[Path], read: Any) -> Iterator[Message]:
    for path in paths:
        source = path.read_text(encoding="utf-8")
        if "translat" in source or "_(" in source:
            yield from read(source)


def in_python(source: str) -> Iterator[Message]:
    """The messages of one Python file, by whatever names it gives Django's functions."""
    if "django.utils.translation" not in source:
        return
    tree = ast.parse(source)
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {known.asname or known.name: CALLS[known.name] for known in node.names if known.name in CALLS}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield from _message(names[node.func.id], [_literal(argument) for argument in node.args])


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_template(source: str) -> Iterator[Message]:
    """The messages of one template, as Django's own tool reads it."""
    for name, arguments in CALL.findall(templatize(source)):
        yield from _message(
            CALLS[name], [str(ast.literal_eval(text)) for text in re.findall(TEXT, arguments, re.DOTALL)]
        )


def _message(parts: str, values: list[str | None]) -> Iterator[Message]:
    known = dict(zip(parts, values, strict=False))
    if known.get("i"):
        yield Message(str(known["i"]), known.get("p") or "", known.get("c") or "")


# --- Catalogues ------------------------------------------------------------------------------------------------


def file_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def catalogue(language: str) -> Catalog:
    """The catalogue as it stands; an empty one where there is none yet."""
    path = file_of(language)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def _empty(language: str) -> Catalog:
    return Catalog(
        locale=language,
        domain="django",
        header_comment=HEADER,
        project="Collegium",
        version="1",
        creation_date=BEGAN,
        revision_date=BEGAN,
        copyright_holder="Collegium",
        last_translator="Collegium",
        language_team=language,
        fuzzy=False,
    )


def update(language: str, wanted: list[Message]) -> Catalog:
    """The catalogue with exactly the wanted messages; each keeps its translation, and nothing is guessed."""
    old, new = catalogue(language), _empty(language)
    for message in wanted:
        context = message.context or None
        known = old.get(message.key, context)
        fits = known is not None and isinstance(known.id, str) == (not message.plural)
        untranslated: Any = [""] * new.num_plurals if message.plural else ""
        new.add(message.key, known.string if known is not None and fits else untranslated, context=context)
    return new


def save(language: str, catalog: Catalog) -> None:
    path = file_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=0, no_location=True, sort_output=True, ignore_obsolete=True)


def compile_all() -> None:
    """Make each .mo file that is older than its .po file. Several processes may do so at once."""
    for language in LANGUAGES:
        source = file_of(language)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns):
            continue
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".tmp", delete=False) as file:
            write_mo(file, catalogue(language))
        made = Path(file.name)
        made.chmod(0o644)
        made.replace(target)


# --- Checking --------------------------------------------------------------------------------------------------


def complaints(language: str, wanted: list[Message]) -> list[str]:
    """What is wrong with a catalogue, a line for each: missing, unsure, or with other placeholders than in English."""
    catalog, lines = catalogue(language), []
    for message in wanted:
        known = catalog.get(message.key, message.context or None)
        if known is None or not _strings(known.string) or not all(_strings(known.string)):
            lines.append(f"{language}: missing: {message.text!r}")
        elif known.fuzzy:
            lines.append(f"{language}: unsure: {message.text!r}")
        else:
            wrong = differing(message, _strings(known.string), catalog.num_plurals)
            lines += [f"{language}: {wrong}: {message.text!r}"] if wrong else []
    return lines


def differing(message: Message, strings: list[str], plurals: int) -> str:
    """What a translation lost or added, in a word; "" for nothing.

    A form for one number may say it in words ("one post"), but the last form, which stands for any number, must not.
    """
    if len(strings) != (plurals if message.plural else 1):
        return "number of forms"
    english = message.plural or message.text
    wanted = Counter(PLACEHOLDER.findall(english))
    for string in strings:
        found = Counter(PLACEHOLDER.findall(string))
        if found - (wanted | Counter(PLACEHOLDER.findall(message.text))) or (string == strings[-1] and wanted - found):
            return "placeholders"
        if Counter(TAG.findall(string)) != Counter(TAG.findall(english)):
            return "tags"
        if (english[:1] == "\n", english[-1:] == "\n") != (string[:1] == "\n", string[-1:] == "\n"):
            return "line breaks at the ends"
        if "%(" in english and STRAY.search(string):
            return "a lone %"
    return ""


def _strings(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


# --- Translators' files ----------------------------------------------------------------------------------------


def waiting(language: str) -> dict[str, Any]:
    """What has no translation yet, numbered."""
    rows = [message for message in catalogue(language) if message.id and not all(_strings(message.string))]
    return {str(number): _asked(row) for number, row in enumerate(rows)}


def _asked(row: Any) -> Any:
    text = row.id if isinstance(row.id, str) else list(row.id)
    return {"en": text, "context": row.context} if row.context else text


def take(language: str, asked: dict[str, Any], translated: dict[str, Any]) -> list[str]:
    """Put translations into the catalogue; the complaints about those that were left out."""
    catalog, refused = catalogue(language), []
    for number, value in translated.items():
        source = asked[number]
        text, context = (source["en"], source.get("context")) if isinstance(source, dict) else (source, None)
        single, plural = (text, "") if isinstance(text, str) else text
        message = Message(single, plural, context or "")
        known = catalog.get(message.key, context)
        if known is None:
            continue  # The code no longer asks for it.
        wrong = differing(message, _strings(value), catalog.num_plurals)
        if wrong:
            refused.append(f"{language} {number}: {wrong}: {message.text!r} → {value!r}")
        else:
            known.string = tuple(value) if message.plural else _strings(value)[0]
    save(language, catalog)
    return refused


def main(arguments: list[str]) -> int:
    command, rest = (arguments or ["check"])[0], arguments[1:]
    if command == "compile":
        compile_all()
        return 0
    if command == "take":
        asked, translated = (json.loads(Path(path).read_text(encoding="utf-8")) for path in rest[1:])
        return _told(take(rest[0], asked, translated))
    wanted = messages_of_code()
    if command == "update":
        for language in LANGUAGES:
            save(language, update(language, wanted))
        return _told([])
    if command == "waiting":
        for language in LANGUAGES:
            text = json.dumps(waiting(language), ensure_ascii=False, indent=0)
            (Path(rest[0]) / f"{language}.json").write_text(text, encoding="utf-8")
        return 0
    return _told(list(chain.from_iterable(complaints(language, wanted) for language in LANGUAGES)))


def _told(lines: list[str]) -> int:
    print("\n".join(lines) or "nothing to complain of")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
