"""The interface in every language: no words are missing, unsure or broken, and what finds them works."""

import re

import pytest
from django.conf import settings

from tools import messages


@pytest.fixture(scope="module")
def wanted() -> list[messages.Message]:
    return messages.messages_of_code()


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_nothing_is_missing_unsure_or_broken(language: str, wanted: list[messages.Message]) -> None:
    wrong = messages.complaints(language, wanted)
    advice = "run `python -m tools.messages update`, translate, and `check`; see docs/languages.md"
    assert not wrong, "\n".join([advice, *wrong[:20], f"{len(wrong)} in all"])


def test_catalogues_hold_no_places_and_nothing_that_was_dropped() -> None:
    assert {code for code, _name in settings.LANGUAGES} == {settings.LANGUAGE_CODE, *messages.LANGUAGES}
    for language in messages.LANGUAGES:
        text = messages.file_of(language).read_text(encoding="utf-8")
        assert not re.search(r"^#(:|~|, fuzzy)", text, re.MULTILINE)


def test_messages_are_found_by_every_way_of_marking() -> None:
    python = (
        "from django.utils.translation import gettext as _, ngettext_lazy as many, pgettext\n"
        "_('plain'); many('%d one', '%d more', 2); pgettext('month', 'May'); other('not marked'); _(variable)\n"
    )
    template = (
        '{% translate "shown" %}{{ value|default:_("given") }}{% blocktranslate trimmed count n=n %}\n  {{ n }} it\'s'
        "{% plural %}{{ n }} are{% endblocktranslate %}"
    )
    assert list(messages.in_python(python)) == [
        messages.Message("plain"),
        messages.Message("%d one", "%d more"),
        messages.Message("May", context="month"),
    ]
    assert set(messages.in_template(template)) == {
        messages.Message("shown"),
        messages.Message("given"),
        messages.Message("%(n)s it's", "%(n)s are"),
    }


@pytest.mark.parametrize(
    ("english", "said", "wrong"),
    [
        (("%(n)s of {all}",), ["{all}: %(n)s"], ""),
        (("%(n)s of {all}",), ["%(m)s of {all}"], "placeholders"),
        (('See <a href="%(to)s">it</a>',), ['<a href="%(to)s">Voir'], "tags"),
        (("%(n)s now",), ["100 % de %(n)s"], "a lone %"),
        (("%(n)s post", "%(n)s posts"), ["Une note", "%(n)s notes"], ""),
        (("%(n)s post", "%(n)s posts"), ["%(n)s note", "des notes"], "placeholders"),
        (("%(n)s post", "%(n)s posts"), ["%(n)s notes"], "number of forms"),
        (("a\n",), ["a"], "line breaks at the ends"),
    ],
)
def test_what_a_translation_lost_is_told(english: tuple[str, ...], said: list[str], wrong: str) -> None:
    assert messages.differing(messages.Message(*english), said, plurals=2) == wrong
