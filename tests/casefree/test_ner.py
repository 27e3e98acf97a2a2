"""The second reader of names, the optional extra: what it may add to the rules, with a tagger that knows a few words."""

import re
from collections.abc import Callable, Iterator

import pytest

from community.casefree import ner, screening
from community.casefree.ner import Entity, Tagger, beyond_the_rules
from community.casefree.outcomes import Finding, Outcome
from community.casefree.screening import answer, install_second_reader, screen
from community.config import guard

pytestmark = pytest.mark.usefixtures("rules_alone")

#: What the rules alone leave: names behind words that they do not know for a tie.
TOLD = "A woman with a torn cuff, and the film reads Mabel Entwistle on the left."
GLANCED = "Wound is clean but Mabel Entwistle will not keep the boot on."
PLACED = "She attends the dialysis unit in Gisborne and wants to move her slots."


def knowing(*names: str, label: str = "PERSON") -> Tagger:
    """A tagger that takes these words for names."""

    def tag(text: str) -> Iterator[Entity]:
        for name in names:
            yield from (Entity(*match.span(), label) for match in re.finditer(re.escape(name), text))

    return tag


def noting(asked: list[str]) -> Tagger:
    """A tagger that knows nothing and keeps what it is asked."""

    def tag(text: str) -> list[Entity]:
        asked.append(text)
        return []

    return tag


@pytest.fixture
def reads() -> Iterator[Callable[[Tagger], None]]:
    """Puts a tagger beside the rules for one test."""
    yield lambda tagger: install_second_reader(lambda reading, score: beyond_the_rules(reading, score, tagger))
    install_second_reader(None)


def test_a_second_reader_is_not_there_unless_it_is_switched_on() -> None:
    assert screening._second_readers == []
    assert guard.installed_reader(wanted=False) is False
    assert [screen(text).outcome for text in (GLANCED, PLACED)] == ["pass", "pass"]


def test_switched_on_without_its_model_the_start_ends_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "PACKAGES", ("no_such_package",))

    with pytest.raises(SystemExit) as stopped:
        guard.installed_reader(wanted=True)

    assert str(stopped.value).startswith("collegium: CASEFREE_NER is on")
    assert "requirements/casefree-ner.txt" in str(stopped.value) and "\n" not in str(stopped.value)


@pytest.mark.parametrize(
    ("text", "tagger", "outcome", "marked"),
    [
        (TOLD, knowing("Mabel Entwistle"), "hold", "Mabel Entwistle"),
        (GLANCED, knowing("Mabel Entwistle"), "nudge", "Mabel Entwistle"),
        (PLACED, knowing("Gisborne", label="GPE"), "nudge", "Gisborne"),
    ],
)
def test_what_it_finds_is_marked_with_a_reason_of_its_own(
    reads: Callable[[Tagger], None], text: str, tagger: Tagger, outcome: str, marked: str
) -> None:
    plain = screen(text)
    reads(tagger)

    level, found = answer(text, "post")

    new = [row for row in found if row not in answer_of(plain)]
    assert level == outcome
    assert [(text[start:end], reason[:16]) for start, end, _kind, reason, _rewrite in new] == [
        (marked, "A language model")
    ]


def answer_of(outcome: Outcome) -> list[tuple[int, int, str, str, str | None]]:
    return [(f.start, f.end, f.kind, f.reason, f.rewrite) for f in outcome.findings]


def test_it_holds_at_most_and_takes_nothing_away(reads: Callable[[Tagger], None]) -> None:
    blocked = "MRN 4471902, and the wound of Mabel Entwistle is clean."
    plain = screen(blocked)
    install_second_reader(lambda reading, score: [("block", Finding(0, len(GLANCED), "name", "Why."))])
    assert (screen(GLANCED).outcome, screen(blocked)) == ("hold", plain)

    reads(knowing("Mabel Entwistle", "4471902"))
    both = screen(blocked)
    assert both.outcome == plain.outcome == "block"
    assert set(plain.findings) <= set(both.findings)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Does our patient with Parkinson disease need an MRI?", ["Parkinson"]),
        ("Repair or not in a man with a torn cuff (Mabel Entwistle et al. 1983)?", ["Mabel Entwistle"]),
        ("Please welcome Dr Hannah Weiss, who leads the burns unit.", ["Hannah Weiss"]),
        ("The manikin is called Resusci Anne and has no pulse by design.", ["Resusci Anne"]),
        ("Mabel Entwistle has left the committee.", ["Mabel Entwistle"]),
        ("Is Sulfasalazine safe in a woman who breastfeeds?", ["Sulfasalazine"]),
        ("Of 212 patients of Mabel Entwistle's audit 12 % relapsed (95% CI 8 to 16).", ["Mabel Entwistle"]),
    ],
)
def test_eponyms_authors_colleagues_and_drugs_are_left_alone(
    reads: Callable[[Tagger], None], text: str, names: list[str]
) -> None:
    plain = screen(text)
    reads(knowing(*names))

    assert screen(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "La herida está limpia pero Mabel Entwistle no quiere llevar la bota en la cama de la planta.",
        "La plaie est propre mais Mabel Entwistle ne veut pas garder la botte dans le lit de la chambre.",
    ],
)
def test_only_english_is_read(reads: Callable[[Tagger], None], text: str) -> None:
    asked: list[str] = []
    reads(noting(asked))
    screen(text)
    assert asked == []

    screen(GLANCED)
    assert asked == [GLANCED]


def test_a_long_text_is_read_in_part_and_what_is_no_word_is_not(reads: Callable[[Tagger], None]) -> None:
    asked: list[str] = []
    reads(noting(asked))

    screen(f"The wound is clean. {'x' * 200} is not a word. " + "We wait for her and for the swab. " * 1_000)

    [text] = asked
    assert len(text) == ner.LONGEST and "x" * 101 not in text


def test_surfaces_that_spare_names_are_spared(reads: Callable[[Tagger], None]) -> None:
    reads(knowing("Mabel Entwistle"))

    assert (screen(GLANCED, "bio").outcome, screen(GLANCED, "post").outcome) == ("pass", "nudge")


def test_a_file_that_is_another_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ner, "PACKAGE", "tests")

    with pytest.raises(ner.Unsound):
        ner._checked()


# Not a skip, which CI takes for a failure: nobody promised this model.
@pytest.mark.xfail(not guard.is_installed(), reason="the extra [casefree-ner] is not installed", run=False)
def test_the_model_knows_a_name() -> None:
    read = "The clinic called Harold Finch on Monday."

    assert ("Harold Finch", "PERSON") in [(read[e.start : e.end], e.label) for e in ner.entities(read)]
