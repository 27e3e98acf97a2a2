"""Sources as people type them, both ways."""

from community.knowledge.lines import Source, as_text, points_in, sources_in


def test_title_and_address_in_any_order() -> None:
    typed = (
        "WHO: Burns, fact sheet | https://www.who.int/news-room/fact-sheets/detail/burns\n\n"
        "- https://doi.org/10.1001/x A review, JAMA 2019.\n3. A book without an address\nhttps://example.org/a"
    )

    assert sources_in(typed) == [
        Source("WHO: Burns, fact sheet", "https://www.who.int/news-room/fact-sheets/detail/burns"),
        Source("A review, JAMA 2019", "https://doi.org/10.1001/x"),
        Source("A book without an address"),
        Source("https://example.org/a", "https://example.org/a"),
    ]


def test_there_and_back() -> None:
    sources = [Source("One", "https://example.org/1"), Source("Two")]

    assert sources_in(as_text(sources)) == sources


def test_bullets_are_not_words() -> None:
    assert points_in("• Do this\n* and this\n2) then that\n\n") == ["Do this", "and this", "then that"]
