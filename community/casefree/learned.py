"""A small learned reader beside the rules: two linear models of English whose weights are a file of whole numbers.

One weighs whole texts: do they tell of one actual patient? The other weighs single tokens: is this a name, a day, a place
or a number of a patient? They know words, the shapes of words and of figures, and whether a word is in the lists of names
and towns; nothing is stored and nothing is random. They add what the rules did not find, hold at most, and lower nothing.
`manage.py bench casefree_learned` trains them and writes the file; docs/casefree.md tells how well they carry.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from community.casefree.features import (
    Token,
    candidates,
    features_of_post,
    features_of_sentence,
    features_of_text,
    lessened,
    stretches,
    tokens_of,
)
from community.casefree.gist import WORD
from community.casefree.narrative import is_a_study, is_fiction
from community.casefree.outcomes import Finding, Level
from community.casefree.packs import DEFAULT
from community.casefree.reading import Reading
from community.casefree.rules.rule import SAFE_HARBOR, TRIALS

LANGUAGE = DEFAULT
FILE = Path(__file__).with_name("learned.txt")
#: The kinds of what it finds, so that moderators see how often it was right.
DETAIL, STORY, OF_A_THREAD = "learned_detail", "learned_story", "learned_thread"
KINDS = frozenset({DETAIL, STORY, OF_A_THREAD})
#: Weights are hundredths.
UNIT = 100
#: What the models know is sentences: of so many words, and so many of them common.
LEAST_WORDS, LEAST_COMMON = 4, 2
#: So many that could be an identifier are looked at; a page of prose has fifty.
MOST_TOKENS = 500
#: Far below anything.
NOTHING = -100_000
#: Tokens that weigh a little less than one that is held are marked with it; those so close together are marked as one.
BESIDE, GAP = 100, 2

DETAIL_REASON = _(
    "A program that learnt from examples takes this for something that points to one patient: a name, a day, a place or a number. If it does, leave it out."
)
STORY_REASON = _(
    "A program that learnt from examples takes this for what happened to one patient. Ask about patients of this kind, without what happened to this one."
)
#: Of a thread's last posts that read like parts, the three most telling are added up; the newest must weigh so much.
KEPT_PARTS, WEIGHED_PARTS, LEAST_PART = 6, 3, 30


class Weights(NamedTuple):
    """What the file holds, in hundredths."""

    common: frozenset[str]
    #: As a story, and as anything of one patient.
    texts: dict[str, tuple[int, int]]
    tokens: dict[str, int]
    #: Of a post as a part of what is told of one person in a thread.
    posts: dict[str, int]
    #: From where on a text, a token, and both together are held; how much of a text's weight its tokens borrow.
    settings: dict[str, int]


@cache
def weights() -> Weights:
    """The weights of this version, read once."""
    sections: dict[str, list[list[str]]] = {name: [] for name in Weights._fields}
    rows = sections["settings"]
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            rows = sections[line[3:]]
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
    return Weights(
        frozenset(word for row in sections["common"] for word in row),
        {name: (int(story), int(anything)) for story, anything, name in sections["texts"]},
        {name: int(weight) for weight, *names in sections["tokens"] for name in names},
        {name: int(weight) for weight, *names in sections["posts"] for name in names},
        {name: int(weight) for weight, name in sections["settings"]},
    )


# --- Reading ---------------------------------------------------------------------------------------------------


class Weighed(NamedTuple):
    """What the models say of a text, in hundredths."""

    #: Of its most telling stretch: as a story, and as anything of one patient.
    story: int
    anything: int
    #: Bounds of the most telling sentence of that stretch.
    telling: tuple[int, int]
    #: Weight and bounds of every token that could be an identifier.
    tokens: list[tuple[int, int, int]]


def beyond_the_rules(reading: Reading, score: float) -> Iterator[tuple[Level, Finding]]:
    """What the rules did not find: marks the tokens or the sentence that weigh most. `score` is the narrative score.

    Only English is read, and neither what is invented nor a report of many.
    """
    if reading.language != LANGUAGE or is_fiction(reading) or is_a_study(reading):
        return
    learned = weights()
    if not is_prose(reading, learned.common):
        return
    weighed = weigh(reading, score, learned)
    yield from _details(reading, weighed, learned.settings)
    if weighed.story > learned.settings[STORY]:
        span = reading.span(*weighed.telling)
        yield "hold", Finding(*span, STORY, f"{STORY_REASON} ({TRIALS})")


def is_prose(reading: Reading, common: frozenset[str]) -> bool:
    """A few words, and common ones among them: of lists, code and headings the models know nothing."""
    words = WORD.findall(reading.small)
    return len(words) >= LEAST_WORDS and sum(word in common for word in words) >= LEAST_COMMON


def _details(reading: Reading, weighed: Weighed, settings: dict[str, int]) -> Iterator[tuple[Level, Finding]]:
    least = settings[DETAIL] - weighed.anything * settings["borrowed"] // UNIT
    if not any(weight > least for weight, _start, _end in weighed.tokens):
        return
    spans: list[tuple[int, int]] = []
    for weight, start, end in weighed.tokens:
        if weight > least - BESIDE:
            joined = bool(spans) and start - spans[-1][1] <= GAP
            spans.append((spans.pop()[0] if joined else start, end))
    for span in spans:
        yield "hold", Finding(*reading.span(*span), DETAIL, f"{DETAIL_REASON} ({SAFE_HARBOR.format('R')})")


def detail_of(weighed: Weighed, borrowed: int) -> int:
    """How much the most telling token weighs with what it borrows of its text."""
    most = max((weight for weight, _start, _end in weighed.tokens), default=NOTHING)
    return most + weighed.anything * borrowed // UNIT


def weigh(reading: Reading, score: float, learned: Weights) -> Weighed:
    """Both models over one text; `score` is its narrative score."""
    sentences = tokens_of(reading, learned.common)
    story, anything, telling = _weigh_text(reading, score, sentences, learned)
    clinical = reading.pack.gist.clinical if reading.pack.gist else frozenset[str]()
    found, known, bias = [], learned.tokens, learned.settings["bias of a token"]
    each = ((tokens, *one) for tokens in sentences for one in candidates(tokens, learned.common, clinical))
    for tokens, at, features in islice(each, MOST_TOKENS):
        weight = bias + sum(known[name] for name in features if name in known)
        if not is_sheltered(reading, tokens[at]):
            found.append((weight, tokens[at].start, tokens[at].end))
    return Weighed(story, anything, telling, found)


def is_sheltered(reading: Reading, token: Token) -> bool:
    """A figure that belongs to the literature, a register or a product."""
    spans = reading.sheltered
    at = bisect_right(spans, (token.start, len(reading.text)))
    return token.sort[0] == "#" and any(
        low < token.end and token.start < high for low, high in spans[max(0, at - 1) : at]
    )


def _weigh_text(
    reading: Reading, score: float, sentences: list[list[Token]], learned: Weights
) -> tuple[int, int, tuple[int, int]]:
    """By its most telling stretch: as a story, as anything of one patient, and where its most telling sentence stands."""
    known, nothing = learned.texts, (0, 0)
    whole = [learned.settings["bias of a story"], learned.settings["bias of anything"]]
    for name, count in features_of_text(reading, score).items():
        for at, weight in enumerate(known.get(name, nothing)):
            whole[at] += round(weight * count)
    sums = [_sum_of_sentence(tokens, known) for tokens in sentences]
    best, anything, telling = NOTHING, NOTHING, (0, len(reading.text))
    for low, high in stretches(sentences):
        less = lessened(sum(len(tokens) for tokens in sentences[low:high]))
        story = round(less * sum(each[0] for each in sums[low:high])) + whole[0]
        anything = max(anything, round(less * sum(each[1] for each in sums[low:high])) + whole[1])
        if story > best:
            best, most = story, max(range(low, high), key=lambda at: sums[at][0])
            telling = (sentences[most][0].start, sentences[most][-1].end)
    return best, anything, telling


def _sum_of_sentence(tokens: list[Token], known: dict[str, tuple[int, int]]) -> tuple[int, int]:
    story = anything = 0
    for name in features_of_sentence(tokens):
        if name in known:
            weight = known[name]
            story += weight[0]
            anything += weight[1]
    return story, anything


# --- Posts of a thread -----------------------------------------------------------------------------------------


def part_of_a_thread(reading: Reading, score: float, told: Iterable[str]) -> int:
    """How much a post reads like a part of what is told of one person bit by bit, in hundredths; nought or less: it does not.

    `told` are the categories that it tells by the rules.
    """
    if reading.language != LANGUAGE or is_fiction(reading) or is_a_study(reading):
        return 0
    learned = weights()
    known, found = learned.posts, features_of_post(reading, score, told, learned.common)
    return learned.settings["bias of a post"] + round(
        sum(known[name] * count for name, count in found.items() if name in known)
    )


def is_too_much(parts: Sequence[int], part: int) -> bool:
    """Whether a post of this weight, after others that read like parts too, lets the thread tell of one person."""
    settings = weights().settings
    return bool(parts) and part >= LEAST_PART and sum(sorted((*parts, part))[-WEIGHED_PARTS:]) > settings[OF_A_THREAD]
