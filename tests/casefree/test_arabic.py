"""Arabic: ordinary posts pass, identifiers and stories are stopped, other languages are not taken for it."""

from pathlib import Path

import pytest

from community.casefree.language import language_of
from community.casefree.screening import screen

SETS = Path(__file__).parent / "arabic"
LEGITIMATE = [
    line
    for name in ("legitimate", "legitimate_2", "legitimate_3")
    for line in (SETS / f"{name}.txt").read_text().splitlines()
]
VIOLATING = [
    line.split("|")
    for name in ("violating", "violating_2", "violating_3")
    for line in (SETS / f"{name}.txt").read_text().splitlines()
]


def stopped(text: str) -> bool:
    return screen(text).outcome in {"hold", "block"}


def test_ordinary_posts_pass() -> None:
    assert len(LEGITIMATE) >= 80
    assert sum(map(stopped, LEGITIMATE)) <= 3


def test_identifiers_and_stories_are_stopped() -> None:
    direct = [text for kind, text in VIOLATING if kind != "story"]
    stories = [text for kind, text in VIOLATING if kind == "story"]

    assert (len(direct), len(stories)) >= (50, 25)
    assert len(direct) - sum(map(stopped, direct)) <= 2
    assert len(stories) - sum(map(stopped, stories)) <= 5


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("رقم الملف ٤٤٧١٩٠٢ للمريضة", "record_number", "٤٤٧١٩٠٢"),
        ("The file is ready, هاتفها 0551234567", "phone", "0551234567"),
        ("من مواليد ٣ مايو ١٩٧٤", "date", "٣ مايو ١٩٧٤"),
        ("مريضة عمرها 94 سنة", "age", "94 سنة"),
        ("والدة زينب تسأل", "name", "زينب"),
    ],
)
def test_what_is_marked(text: str, kind: str, words: str) -> None:
    [finding] = [found for found in screen(text).findings if found.kind == kind]

    assert text[finding.start : finding.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "المرضى فوق 90 عاماً يحتاجون إلى تعديل الجرعة",
        "يتحدث الدكتور أحمد منصور عن القثطرة يوم 12 مارس 2026",
        "داء كريمر ومتلازمة داون ومرض باركنسون",
    ],
)
def test_what_is_not(text: str) -> None:
    assert screen(text).outcome == "pass"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("كيف تنظمون تسليم المناوبات بين فريق الليل وفريق النهار", "ar"),
        ("بیمار دیشب با درد شدید قفسه سینه به اورژانس آمد و بستری شد", "zz"),
        ("مریض کو کل رات ہسپتال میں داخل کیا گیا تھا اور وہ ٹھیک ہے", "zz"),
        ("Больной поступил вчера вечером с болью в груди", "zz"),
    ],
)
def test_other_languages_of_the_script_are_not_taken_for_it(text: str, code: str) -> None:
    assert language_of(text) == code
