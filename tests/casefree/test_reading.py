"""Disguised characters are seen through, and offsets still point into the text as it was written."""

import pytest

from community.casefree.reading import read
from community.casefree.screening import screen


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("MRN ４４７１９０２ here", "４４７１９０２"),
        ("MRN 447\u200b1902 here", "447\u200b1902"),
        ("MRN\u00a04471902 here", "4471902"),
        ("ΜRN 4471902 with a Greek letter", "4471902"),
        ("МRN 4471902 with a Cyrillic letter", "4471902"),
        ("MRN 44719O2 here", "44719O2"),
        ("MRN 447l902 here", "447l902"),
        ("NHS number ٩٤٣ ٤٧٦ ٥٩١٩", "٩٤٣ ٤٧٦ ٥٩١٩"),
        ("NHS number ९४३ ४७६ ५९१९", "९४३ ४७६ ५९१९"),
        ("NHS number 943\u2009476\u20095919", "943\u2009476\u20095919"),
        ("call on 07700\u2011900123", "07700\u2011900123"),
        ("MRN 𝟒𝟒𝟕𝟏𝟗𝟎𝟐", "𝟒𝟒𝟕𝟏𝟗𝟎𝟐"),
        ("MRN ⁴⁴⁷¹⁹⁰²", "⁴⁴⁷¹⁹⁰²"),
        ("🫀🫁 MRN 4471902 🩺", "4471902"),
        ("e\u0301te\u0301 MRN 4471902", "4471902"),
        ("anna\u00ad.k@example.org", "anna\u00ad.k@example.org"),
        ("ﬁle: MRN 4471902", "4471902"),
    ],
)
def test_disguise_is_seen_through(text: str, identifier: str) -> None:
    assert [text[f.start : f.end] for f in screen(text).findings] == [identifier]


def test_plain_text_is_read_as_it_is() -> None:
    assert read("plain text").text == "plain text"
    assert read("plain text").origins is None


def test_cyrillic_word_stays_cyrillic() -> None:
    assert read("сердце и почки").text == "сердце и почки"


def test_exponent_is_no_digit_of_the_number_before() -> None:
    assert read("4·10⁹ per litre").text == "4.10  per litre"


def test_sentence_is_bounded_by_stops_and_by_reach() -> None:
    reading = read("First one. Seen by Dr. Who on Monday. " + "Xx" * 1000)

    low, high = reading.sentence(11, 15)

    assert reading.text[low:high].strip() == "Seen by Dr. Who on Monday."
