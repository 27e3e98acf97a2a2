"""The learned reader beside the rules: what it may add, where it is not asked, and what the ledger keeps of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from community.casefree import learned, operations
from community.casefree.features import shape_of
from community.casefree.learned import DETAIL, OF_A_THREAD, STORY, Weights, weights
from community.casefree.models import Telling
from community.casefree.mosaic import Told, summed
from community.casefree.outcomes import Finding, Level
from community.casefree.reading import Reading, read
from community.casefree.screening import screen, screen_after
from community.casefree.surfaces import NEVER, SURFACES
from community.core.screening import Context, screen_words
from tests.bench.casefree_learned import _without_marks
from tests.casefree.measuring import STOPPED, thread_outcomes
from tests.casefree.sets import lines
from tests.factories.members import MemberFactory

HARMLESS = "How often do you change the filters of the dialysis machines?"
LARGEST = 600_000


def doubting(text: str, kind: str = STORY) -> Callable[[Reading, float], Iterator[tuple[Level, Finding]]]:
    """A reader that has doubts about any text."""

    def doubt(reading: Reading, score: float) -> Iterator[tuple[Level, Finding]]:
        yield "hold", Finding(0, len(text), kind, "Why.")

    return doubt


def test_the_weights_are_whole_numbers_in_a_small_file_that_says_what_made_it() -> None:
    head = learned.FILE.read_text(encoding="utf-8").splitlines()[:3]

    assert learned.FILE.stat().st_size <= LARGEST
    assert "bench casefree_learned write=yes" in head[0] and "invented" in head[1]
    assert {STORY, DETAIL, OF_A_THREAD, "borrowed"} <= weights().settings.keys()
    assert min(len(weights().texts), len(weights().tokens), len(weights().posts)) > 1_000


@pytest.mark.parametrize(
    ("small", "shape"),
    [
        ("7", "#0"),
        ("94", "#9x"),
        ("1931", "#born"),
        ("2024", "#year"),
        ("48m", "#00m"),
        ("14/03/2026", "#00/00/Y"),
        ("rt-26-1190", "#a-00-0000"),
        ("jane@example.org", "%mail"),
        ("@tinsmith", "%tag"),
        ("https://example.org/x", "%url"),
        ("img_back_0412.jpg", "%file"),
        (";", ";"),
    ],
)
def test_figures_and_links_are_known_by_their_shape(small: str, shape: str) -> None:
    assert shape_of(small) == shape


def test_much_of_what_the_rules_left_of_its_own_texts_is_held_and_marked() -> None:
    """That it is wired, not how well it carries: it learnt from these."""
    texts = [_without_marks(line.removeprefix("[chat] ")) for line in lines("written_10/direct")[::7]]
    left = [(text, spans) for text, spans in texts if screen(text, rules_only=True).outcome not in STOPPED]
    held = [(text, spans, screen(text).findings) for text, spans in left if screen(text).outcome == "hold"]
    marked = [
        any(
            found.kind == DETAIL and found.start < end and start < found.end
            for found in findings
            for start, end in spans
        )
        for _text, spans, findings in held
    ]

    assert len(left) > 20 and len(held) > 0.6 * len(left)
    assert sum(marked) > 0.8 * len(held)


def test_the_sentence_that_tells_most_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    story = "She was brought in at four and we lost her by six."
    text = f"Our tea room has a new kettle. {story} The kettle is red."
    settings = weights().settings | {STORY: -learned.UNIT * 100}
    monkeypatch.setattr(learned, "weights", lambda: weights_with(settings))

    found = [each for _level, each in learned.beyond_the_rules(read(text), 0.0) if each.kind == STORY]

    assert [text[each.start : each.end].strip() for each in found] == [story]


_trained = weights()


def weights_with(settings: dict[str, int]) -> Weights:
    return _trained._replace(settings=settings)


def test_it_holds_at_most_and_adds_nothing_to_what_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = "MRN 4471902 has a potassium of 6.9."
    monkeypatch.setattr(learned, "beyond_the_rules", doubting(HARMLESS))

    assert screen(HARMLESS).outcome == "hold"
    assert screen(HARMLESS, rules_only=True).outcome == "pass"
    assert screen(blocked) == screen(blocked, rules_only=True)


def test_it_is_not_asked_where_stories_are_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "beyond_the_rules", doubting(HARMLESS, DETAIL))
    outcomes = {name: screen(HARMLESS, name).outcome for name in SURFACES}

    assert {outcome for name, outcome in outcomes.items() if SURFACES[name].story == NEVER} == {"pass"}
    assert (outcomes["practice"], outcomes["slide"], outcomes["post"], outcomes["chat"]) == (
        "nudge",
        "nudge",
        "hold",
        "hold",
    )


def test_words_that_only_follow_others_are_not_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noting(reading: Reading, score: float) -> tuple[()]:
        asked.append(reading.text)
        return ()

    monkeypatch.setattr(learned, "beyond_the_rules", noting)

    screen_after("Good morning all.", HARMLESS)

    assert asked == [HARMLESS]


@pytest.mark.parametrize(
    "text",
    [
        "La señora de la cama cuatro está en la planta y no quiere comer nada desde que murió su hijo.",
        "An invented patient for teaching: she was brought in at four and we lost her by six, fictional throughout.",
        "4471 902 11",
        "Provider Taxonomy Switch Deactivation",
    ],
)
def test_other_languages_inventions_and_what_is_no_prose_are_not_read(text: str) -> None:
    assert list(learned.beyond_the_rules(read(text), 1.0)) == []


def test_what_is_published_is_not_reviewed_for_its_doubts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "beyond_the_rules", doubting(HARMLESS))

    assert not operations._is_stopped([(1, "post", HARMLESS)], frozenset({"hold", "block"}))


def test_parts_of_a_thread_are_added_up_the_last_six_and_of_these_the_three_most_telling() -> None:
    least = weights().settings[OF_A_THREAD]
    third = least // 3 + 1

    def held(*parts: int) -> bool:
        told, outcome = Told(), screen(HARMLESS, rules_only=True)
        outcomes = []
        for part in parts:
            told_of = replace(outcome, part=part)
            outcomes.append(summed(told_of, told, HARMLESS))
            told = told.with_more(told_of)
        return outcomes[-1].outcome == "hold" and outcomes[-1].findings[0].kind == OF_A_THREAD

    assert held(third, third, third)
    assert not held(3 * third)
    assert not held(third, third, 0)
    assert not held(third, third, 1, 1, 1, 1, 1, third - 2)


def test_the_ledger_keeps_numbers_and_no_words(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    author, third = MemberFactory(), weights().settings[OF_A_THREAD] // 3 + 1
    monkeypatch.setattr(learned, "part_of_a_thread", lambda reading, score, told: third)
    monkeypatch.setattr(learned, "beyond_the_rules", lambda reading, score: ())

    def tell(thread: str = "thread:a", surface: str = "post") -> str:
        return screen_words(surface, context=Context(author.pk, thread), source=HARMLESS).outcome

    assert [tell(surface="chat") for _ in range(4)] == ["pass"] * 4
    assert [tell() for _ in range(3)] == ["pass", "pass", "hold"]
    assert tell("thread:b") == "pass"
    kept = set(Telling.objects.filter(thread="thread:a").values_list("category", flat=True))
    assert kept == {f"~1:{third}", f"~2:{third}", f"~3:{third}"}


def test_a_thread_that_tells_of_one_person_is_held_and_one_post_of_it_is_not() -> None:
    """That it is wired; it learnt from these."""
    threads = [line.replace("~ ", "").split("\t") for line in lines("written_10/violating_threads")[::16]]
    kinds = [{f.kind for outcome in thread_outcomes(posts) for f in outcome.findings} for posts in threads]

    assert any(OF_A_THREAD in each for each in kinds)
    assert all(OF_A_THREAD not in {f.kind for f in thread_outcomes([post])[0].findings} for post in threads[0])
