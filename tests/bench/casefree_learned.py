"""`manage.py bench casefree_learned [folder=DIR] [write=yes] [blind=DIR]`: trains the learned reader.

Logistic regressions over the hand-written sets, the demo's texts, the interface, `sets/written_10` and, with `folder`,
the abstracts, titles and harmless queries of the development texts. Each batch, and a fifth of the rest, is left out
once; from what the models say of texts that they have not seen come the thresholds and the figures, of the rules alone
and of both. `write=yes` puts the weights into the tree; whoever does it raises RULES_VERSION. `blind=DIR` only prints
counts, of the weights in the tree: on a batch in DIR that nobody has read, and on the half of the ninth batch that is
not trained on. Training takes two minutes of one core and needs numpy (the extra `[semantic]`).
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from community.casefree import features, learned
from community.casefree.learned import DETAIL, OF_A_THREAD, STORY, UNIT, Weights
from community.casefree.narrative import is_a_study, is_fiction, narrative_score
from community.casefree.outcomes import Outcome
from community.casefree.reading import Reading, read
from community.casefree.screening import screen
from tests.bench.gist_weights import _demo as demo_texts
from tests.bench.site import ROOT
from tests.casefree.measuring import STOPPED, is_stopped, thread_outcomes
from tests.casefree.sets import FOLDER, batch, batch_threads, lines
from tests.casefree.texts import FOUND, PASSES

NUMBERS = range(3, 10)
#: Of the ninth batch every other row is kept for testing.
HALVED = 9
FOLDS = 5
FOLD_OF = {3: 0, 4: 0, 5: 1, 6: 1, 7: 2, 8: 3, 9: 4}
#: So many of the most frequent words stand for themselves beside others.
COMMON = 400
#: A feature is learnt when so many texts, or tokens, have it; weights below these hundredths are left out of the file.
SEEN, SMALLEST_OF_TEXTS, SMALLEST_OF_TOKENS = 3, 3, 3
ROUNDS, PACE = 100, 0.1
SHRINK_TEXTS, SHRINK_TOKENS, SHRINK_POSTS = 1e-4, 4e-5, 3e-4
#: All that violate together weigh half of what the harmless do.
SHARE = 0.5
#: A token borrows so much, in hundredths, from what the text says of one patient.
BORROWED = 150
#: So many of the harmless texts of the batches that the rules let pass may be held by each of the two.
MAY_BE_HELD = 0.008
#: And so many of the ordinary threads.
THREADS_MAY_BE_HELD = 0.015
#: A harmless text counts so much as a post that tells nothing.
ALONE = 0.5
#: Stands before a post that tells nothing in a thread that does.
TELLS_NOTHING = "~ "
#: Sets of which there is much of one kind.
LESS = {"demo": 0.6, "interface": 0.5, "literature": 0.7}
#: What names a patient directly, rather than by a story.
DIRECT = frozenset(
    [
        "name",
        "clinician",
        "age",
        "date",
        "time",
        "place",
        "region",
        "address",
        "postcode",
        "phone",
        "fax",
        "email",
        "url",
        "ip",
        "national_number",
        "record_number",
        "plan_number",
        "account_number",
        "licence_number",
        "device",
        "vehicle",
    ]
)
MARK = re.compile(r"\[\[(.*?)\]\]")

Features = dict[str, float]
Model = tuple[dict[str, float], float]


@dataclass
class Text:
    """A text of the sets. `label`: D names somebody, S is a story, L is harmless."""

    text: str
    surface: str
    label: str
    of: str
    #: Where what identifies stands; None where nobody marked it.
    spans: list[tuple[int, int]] | None = None
    fold: int = -1
    #: What the rules say of it.
    outcome: str = ""
    reading: Reading | None = field(default=None, repr=False)
    sentences: list[list[features.Token]] = field(default_factory=list, repr=False)
    whole: Features = field(default_factory=dict, repr=False)
    tokens: list[tuple[list[str], float, float]] = field(default_factory=list, repr=False)

    @property
    def is_left_alone(self) -> bool:
        return self.outcome not in STOPPED

    @property
    def is_in_a_batch(self) -> bool:
        """Written as a test, or for training by somebody who had not read the rules."""
        return self.of.startswith(("batch", "written"))


@dataclass
class Thread:
    """Posts of one author; `is_told` where they tell of one person bit by bit. `telling` are those that do."""

    posts: list[str]
    telling: list[bool]
    is_told: bool
    of: str
    fold: int = -1
    is_left_alone: bool = True
    outcomes: list[Outcome] = field(default_factory=list, repr=False)
    #: What the model sees of each post, with whether it tells and how much that counts.
    rows: list[tuple[Features, float, float]] = field(default_factory=list, repr=False)


def run(folder: str = "", write: str = "", blind: str = "") -> dict[str, Any]:
    """Counts, as `caught of missed` and `held of passing`, and the sizes of the models."""
    if blind:
        return _blind(Path(blind))
    texts, threads = [*_texts(), *_literature(folder)], list(_threads())
    common = _common(texts)
    for text in texts:
        _prepare(text, common)
    for thread in threads:
        _prepare_thread(thread, common)
    found: dict[str, Any] = {"settings": {}, "unseen": {}}
    found["settings"] = _settings(texts, common, found["unseen"]) | _setting_of_threads(threads, found["unseen"])
    if write:
        found["written"] = _write(texts, threads, common, found["settings"])
    return found


# --- The texts -------------------------------------------------------------------------------------------------


def _texts() -> Iterator[Text]:
    own = [("D", (*lines("direct"), *lines("direct_free"), *(t for texts in FOUND.values() for t in texts)))]
    own += [("S", tuple(lines("stories")))]
    own += [("L", (*lines("legitimate"), *lines("legitimate_free"), *PASSES, *lines("collegial")))]
    own += [
        ("L", (*lines("collegial_later"), *(post for line in lines("ordinary_threads") for post in line.split("\t"))))
    ]
    for label, texts in own:
        yield from (Text(text, "post", label, "own", fold=_fold(label, at)) for at, text in enumerate(texts))
    yield from (Text(text, "post", "L", "demo", fold=at % FOLDS) for at, text in enumerate(demo_texts()))
    yield from (Text(text, "post", "L", "interface", fold=at % FOLDS) for at, text in enumerate(_interface()))
    for number in NUMBERS:
        yield from _of_batch(number)
    yield from _written()


def _literature(folder: str) -> Iterator[Text]:
    """Abstracts with their titles, and queries that name nobody: not part of the repository."""
    if not folder:
        return
    rows = [*_rows(Path(folder) / "abstracts.jsonl"), *_rows(Path(folder) / "identifiers.jsonl")]
    texts = [row[name] for row in rows for name in ("text", "question") if name in row and not row.get("identifiers")]
    yield from (Text(text, "post", "L", "literature", fold=at % FOLDS) for at, text in enumerate(texts))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _interface() -> Iterator[str]:
    """What the site says in English, headings and labels too: much that is written with capitals and names nobody."""
    catalogue = (ROOT / "locale" / "es" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    for match in re.finditer(r'^msgid ((?:".*"\n)+)', catalogue, re.MULTILINE):
        text = "".join(line[1:-1] for line in match[1].splitlines()).replace('\\"', '"')
        if text.count(" ") > 1 and "%" not in text and "{" not in text and "\\" not in text:
            yield text


def _fold(label: str, at: int) -> int:
    """What the rules were written with says nothing of what they miss: it is always learnt from."""
    return at % FOLDS if label == "L" else -1


def _of_batch(number: int) -> Iterator[Text]:
    step, fold = 1 + (number == HALVED), FOLD_OF[number]
    for label, name in (("D", "direct"), ("S", "stories"), ("L", "legitimate")):
        for text, surface in batch(number, name)[::step]:
            yield Text(text, surface, label, f"batch {number}", fold=fold)
    if (FOLDER / f"blind_{number}" / "ordinary_threads.txt").exists():
        for thread in batch_threads(number, "ordinary")[::step]:
            yield from (Text(post, "post", "L", "posts", fold=fold) for post in thread)


def _written() -> Iterator[Text]:
    """What was written for training: marks of what identifies, and line ends as `\\n`."""
    names = (("direct", "D"), ("stories", "S"), ("legitimate", "L"), ("legitimate_beside_stories", "L"))
    for name, label in names:
        for at, line in enumerate(lines(f"written_10/{name}")):
            match = re.match(r"(?:\[(chat|post|title|question)\] )?(.*)", line)
            if match:
                text, spans = _without_marks(match[2].replace("\\n", "\n"))
                marked = spans if label == "D" else None
                yield Text(text, match[1] or "post", label, "written", marked, fold=at % FOLDS)
    for at, line in enumerate(lines("written_10/ordinary_threads")):
        for post in line.split("\t"):
            yield Text(post.replace("\\n", "\n"), "post", "L", "posts", fold=at % FOLDS)


def _threads() -> Iterator[Thread]:
    for number in NUMBERS:
        if (FOLDER / f"blind_{number}" / "violating_threads.txt").exists():
            for name in ("violating", "ordinary"):
                for posts in batch_threads(number, name)[:: 1 + (number == HALVED)]:
                    is_told = name == "violating"
                    yield Thread(posts, [is_told] * len(posts), is_told, f"batch {number}", FOLD_OF[number])
    for folder, of in (("", "own"), ("written_10/", "written")):
        for name in ("violating", "ordinary"):
            is_told = name == "violating"
            for at, line in enumerate(lines(f"{folder}{name}_threads")):
                posts = line.replace("\\n", "\n").split("\t")
                telling = [is_told and not post.startswith(TELLS_NOTHING) for post in posts]
                fold = -1 if is_told and of == "own" else at % FOLDS
                yield Thread([post.removeprefix(TELLS_NOTHING) for post in posts], telling, is_told, of, fold)
    yield from (Thread([text], [False], False, "own", at % FOLDS) for at, text in enumerate(_alone()))


def _alone() -> list[str]:
    """Harmless texts, each as the one post of a thread."""
    of_batches = [
        text for number in NUMBERS for text, _surface in batch(number, "legitimate")[:: 1 + (number == HALVED)]
    ]
    return [*lines("legitimate"), *lines("legitimate_free"), *PASSES, *lines("collegial"), *of_batches]


def _prepare_thread(thread: Thread, common: frozenset[str]) -> None:
    """What the model sees of each post, and what the rules say."""
    thread.outcomes = thread_outcomes(thread.posts, rules_only=True)
    thread.is_left_alone = all(outcome.outcome not in STOPPED for outcome in thread.outcomes)
    for post, tells, outcome in zip(thread.posts, thread.telling, thread.outcomes, strict=True):
        reading = read(post)
        told = outcome.attached | outcome.categories
        row = features.features_of_post(reading, outcome.narrative, told, common)
        if thread.is_told and not tells:
            continue
        thread.rows.append((row, float(tells), 1.0 if len(thread.posts) > 1 else ALONE))


def _without_marks(line: str) -> tuple[str, list[tuple[int, int]]]:
    text, spans, at = "", [], 0
    for match in MARK.finditer(line):
        text += line[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text, at = text + match[1], match.end()
    return text + line[at:], spans


def _common(texts: Iterable[Text]) -> frozenset[str]:
    """The words that most texts are made of, in small letters."""
    counts = Counter(
        word for text in texts for word in features.TOKEN.findall(text.text) if word.islower() and word[0].isalpha()
    )
    frequent = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return frozenset([word for word, _count in frequent if word.replace("'", "").isalpha()][:COMMON])


def _prepare(text: Text, common: frozenset[str]) -> None:
    """What the models see of a text, and what the rules say."""
    outcome = screen(text.text, text.surface, rules_only=True)
    reading = read(text.text)
    text.outcome, text.reading = outcome.outcome, reading
    text.sentences = features.tokens_of(reading, common)
    text.whole = _whole(reading, text.sentences)
    spans = text.spans
    if spans is None and text.label == "D":
        spans = [(each.start, each.end) for each in outcome.findings if each.kind in DIRECT]
    if text.label == "S" or (text.label == "D" and not spans):
        return
    clinical = reading.pack.gist.clinical if reading.pack.gist else frozenset[str]()
    for sentence in text.sentences:
        for at, names in features.candidates(sentence, common, clinical):
            start, end = reading.span(sentence[at].start, sentence[at].end)
            told = any(start < high and low < end for low, high in spans or ())
            # Where nobody marked it, the rules may have overlooked something.
            sure = 1.0 if told or text.spans is not None or text.label == "L" else 0.3
            text.tokens.append((names, float(told), sure * LESS.get(text.of, 1.0)))


def _whole(reading: Reading, sentences: list[list[features.Token]]) -> Features:
    counts = Counter(name for sentence in sentences for name in features.features_of_sentence(sentence))
    less = features.lessened(sum(map(len, sentences)))
    rules = features.features_of_text(reading, narrative_score(reading))
    return {name: count * less for name, count in counts.items()} | rules


# --- Training --------------------------------------------------------------------------------------------------


def _models(texts: Sequence[Text]) -> tuple[Model, Model, Model]:
    """Of stories, of anything of one patient, of tokens."""
    of_stories = [text for text in texts if text.label != "D"]
    story = _of_texts(of_stories, lambda text: text.label == "S")
    anything = _of_texts(texts, lambda text: text.label != "L")
    tokens = [token for text in texts for token in text.tokens]
    rows = [dict.fromkeys(names, 1.0) for names, _told, _sure in tokens]
    told, sure = [told for _names, told, _sure in tokens], [sure for _names, _told, sure in tokens]
    return story, anything, _fitted(rows, told, sure, SHRINK_TOKENS)


def _of_texts(texts: Sequence[Text], is_told: Callable[[Text], bool]) -> Model:
    told = [float(is_told(text)) for text in texts]
    weight = [LESS.get(text.of, 1.0) for text in texts]
    harmless = sum(each for each, is_one in zip(weight, told, strict=True) if not is_one)
    violating = sum(each for each, is_one in zip(weight, told, strict=True) if is_one)
    balanced = [
        each * SHARE * harmless / violating if is_one else each for each, is_one in zip(weight, told, strict=True)
    ]
    return _fitted([text.whole for text in texts], told, balanced, SHRINK_TEXTS)


def _fitted(rows: Sequence[Features], told: Sequence[float], sure: Sequence[float], shrink: float) -> Model:
    """A logistic regression by Adam, all rows at once; every weight shrinks a little in each round."""
    import numpy as np  # noqa: PLC0415 - the extra is imported where it is used

    seen = Counter(name for row in rows for name in row)
    places = {name: at for at, name in enumerate(sorted(name for name, count in seen.items() if count >= SEEN))}
    cells = [
        (number, places[name], count)
        for number, row in enumerate(rows)
        for name, count in row.items()
        if name in places
    ]
    row, column = np.array([c[0] for c in cells]), np.array([c[1] for c in cells])
    count, aim, weight = np.array([c[2] for c in cells]), np.array(told), np.array(sure) / sum(sure)
    size = len(places)
    values, mean, spread = np.zeros(size + 1), np.zeros(size + 1), np.zeros(size + 1)
    for turn in range(1, ROUNDS + 1):
        sums = np.bincount(row, values[column] * count, len(aim)) + values[-1]
        off = (1 / (1 + np.exp(-sums)) - aim) * weight
        slope = np.append(np.bincount(column, off[row] * count, size) + shrink * values[:-1], off.sum())
        mean, spread = 0.9 * mean + 0.1 * slope, 0.99 * spread + 0.01 * slope * slope
        pace = PACE if turn <= 0.7 * ROUNDS else 0.3 * PACE
        values -= pace * mean / (1 - 0.9**turn) / (np.sqrt(spread / (1 - 0.99**turn)) + 1e-8)
    return {name: float(values[at]) for name, at in places.items()}, float(values[-1])


def _of_posts(threads: Sequence[Thread]) -> Model:
    rows = [row for thread in threads for row in thread.rows]
    return _fitted(
        [row for row, _told, _sure in rows], [t for _r, t, _s in rows], [s for _r, _t, s in rows], SHRINK_POSTS
    )


def _in_hundredths(models: tuple[Model, Model, Model], common: frozenset[str], settings: dict[str, int]) -> Weights:
    """As the guard reads them: small weights are dropped."""
    (story, of_story), (anything, of_anything), (tokens, of_token) = models
    both = {
        name: (round(UNIT * story.get(name, 0)), round(UNIT * anything.get(name, 0))) for name in {*story, *anything}
    }
    each = {name: round(UNIT * weight) for name, weight in tokens.items()}
    biases = {"bias of a story": of_story, "bias of anything": of_anything, "bias of a token": of_token}
    return Weights(
        common,
        {name: pair for name, pair in both.items() if max(map(abs, pair)) >= SMALLEST_OF_TEXTS},
        {name: weight for name, weight in each.items() if abs(weight) >= SMALLEST_OF_TOKENS},
        {},
        {name: round(UNIT * bias) for name, bias in biases.items()} | {"borrowed": BORROWED} | settings,
    )


# --- What they say of what they have not seen ------------------------------------------------------------------


def _settings(texts: list[Text], common: frozenset[str], found: dict[str, str]) -> dict[str, int]:
    """The thresholds, and into `found` what comes of them, everything judged by models that have not seen it."""
    weighed: list[tuple[Text, int, int]] = []
    for fold in range(FOLDS):
        models = _in_hundredths(_models([text for text in texts if text.fold != fold]), common, {})
        weighed += [(text, *_weighed(text, models)) for text in texts if text.fold == fold]
    harmless = [each for each in weighed if each[0].label == "L" and each[0].is_in_a_batch and each[0].is_left_alone]
    settings = {STORY: _threshold([each[1] for each in harmless]), DETAIL: _threshold([each[2] for each in harmless])}
    found |= dict(sorted(_figures(weighed, settings)))
    return settings


def _setting_of_threads(threads: list[Thread], found: dict[str, str]) -> dict[str, int]:
    """The same for threads."""
    sums: list[tuple[Thread, int]] = []
    for fold in range(FOLDS):
        model = _of_posts([thread for thread in threads if thread.fold != fold])
        unseen = [thread for thread in threads if thread.fold == fold and len(thread.posts) > 1]
        sums += [(thread, _sum_of_parts(thread, model)) for thread in unseen]
    ordinary = sorted(most for thread, most in sums if not thread.is_told and thread.is_left_alone)
    least = ordinary[-1 - int(THREADS_MAY_BE_HELD * len(ordinary))]
    for of in sorted({f"{'told' if thread.is_told else 'ordinary'} {thread.of}" for thread, _most in sums}):
        rows = [(t, most) for t, most in sums if f"{'told' if t.is_told else 'ordinary'} {t.of}" == of]
        passing = [most for thread, most in rows if thread.is_left_alone]
        held = sum(most > least for most in passing)
        found[f"threads {of}"] = f"{len(rows)} threads, rules leave {len(passing)}, of these held {held}"
    return {OF_A_THREAD: least}


def _sum_of_parts(thread: Thread, model: Model) -> int:
    """The highest sum at which a post would be held."""
    weights, bias = model
    parts: list[int] = []
    most = learned.NOTHING
    for row, _told, _sure in thread.rows:
        part = round(UNIT * (bias + sum(weights.get(name, 0.0) * count for name, count in row.items())))
        if parts and part >= learned.LEAST_PART:
            most = max(most, sum(sorted((*parts, part))[-learned.WEIGHED_PARTS :]))
        parts = [*parts, part][-learned.KEPT_PARTS :] if part > 0 else parts
    return most


def _weighed(text: Text, models: Weights) -> tuple[int, int]:
    """As a story, and its most telling token with what that borrows."""
    reading = text.reading
    if (
        reading is None
        or not learned.is_prose(reading, models.common)
        or reading.language != learned.LANGUAGE
        or is_fiction(reading)
        or is_a_study(reading)
    ):
        return learned.NOTHING, learned.NOTHING
    weighed = learned.weigh(reading, narrative_score(reading), models)
    return weighed.story, learned.detail_of(weighed, models.settings["borrowed"])


def _threshold(weights: list[int]) -> int:
    return sorted(weights)[-1 - int(MAY_BE_HELD * len(weights))]


def _figures(weighed: list[tuple[Text, int, int]], settings: dict[str, int]) -> Iterator[tuple[str, str]]:
    """Of each set and label: how many the rules stop, and of those that they let pass, how many the reader holds."""
    groups: dict[str, list[tuple[Text, int, int]]] = {}
    for each in weighed:
        groups.setdefault(f"{each[0].label} {each[0].of}", []).append(each)
    for name, rows in groups.items():
        passing = [row for row in rows if row[0].is_left_alone]
        stories = sum(row[1] > settings[STORY] for row in passing)
        held = sum(row[1] > settings[STORY] or row[2] > settings[DETAIL] for row in passing)
        alone = sum(row[1] > settings[STORY] or row[2] > settings[DETAIL] for row in rows)
        told = f"of these held {held}, {stories} as stories; without the rules {alone}"
        yield name, f"{len(rows)} texts, rules leave {len(passing)}, {told}"


# --- The file --------------------------------------------------------------------------------------------------

HEAD = """\
# The weights of community/casefree/learned.py in hundredths: `manage.py bench casefree_learned write=yes folder=DIR`,
# from {texts} texts: invented ones (tests/casefree/sets: own sets, batches 3 to 8, every other row of the ninth,
# written_10; the demo), the interface, published abstracts. Of texts: as a story, as anything of one patient."""


def _write(
    texts: list[Text], threads: list[Thread], common: frozenset[str], settings: dict[str, int]
) -> dict[str, int]:
    models = _in_hundredths(_models(texts), common, settings)
    posts, bias = _of_posts(threads)
    of_posts = {name: round(UNIT * weight) for name, weight in posts.items()}
    rows = [
        HEAD.format(texts=len(texts)),
        "## settings",
        *(f"{weight}\t{name}" for name, weight in (models.settings | {"bias of a post": round(UNIT * bias)}).items()),
        "## common",
        "\t".join(sorted(common)),
        "## texts",
        *(f"{story}\t{anything}\t{name}" for name, (story, anything) in sorted(models.texts.items())),
        "## tokens",
        *_by_weight(models.tokens),
        "## posts",
        *_by_weight({name: weight for name, weight in of_posts.items() if abs(weight) >= SMALLEST_OF_TEXTS}),
    ]
    learned.FILE.write_text("\n".join(rows) + "\n", encoding="utf-8")
    learned.weights.cache_clear()
    return {"texts": len(models.texts), "tokens": len(models.tokens), "bytes": learned.FILE.stat().st_size}


def _by_weight(weights: dict[str, int]) -> Iterator[str]:
    """Lines of a weight and all that weighs so much."""
    names: dict[int, list[str]] = {}
    for name, weight in sorted(weights.items()):
        names.setdefault(weight, []).append(name)
    yield from ("\t".join((str(weight), *names[weight])) for weight in sorted(names))


# --- Blind -----------------------------------------------------------------------------------------------------


def _blind(folder: Path) -> dict[str, Any]:
    """Counts alone, of the rules and with the reader; nothing is shown."""
    found: dict[str, Any] = {"ninth, unread half": _counts(*_unread_half())}
    singles, threads = _of_folder(folder)
    return found | {folder.name: _counts(singles, threads)}


def _unread_half() -> tuple[list[tuple[str, str, str]], list[tuple[str, list[str]]]]:
    names = ("direct", "stories", "legitimate")
    singles = [(name, *row) for name in names for row in batch(HALVED, name)[1::2]]
    threads = [(name, posts) for name in ("violating", "ordinary") for posts in batch_threads(HALVED, name)[1::2]]
    return singles, threads


def _of_folder(folder: Path) -> tuple[list[tuple[str, str, str]], list[tuple[str, list[str]]]]:
    """Files of JSON lines, named by what they hold: each line a text with its surface, or posts."""
    singles, threads = [], []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if "posts" in row:
                threads.append((path.stem, row["posts"]))
            else:
                singles.append((path.stem, row["text"], row.get("surface", "post")))
    return singles, threads


def _counts(singles: list[tuple[str, str, str]], threads: list[tuple[str, list[str]]]) -> dict[str, str]:
    found: dict[str, Counter[str]] = {}
    for label, text, surface in singles:
        rules, both = screen(text, surface, rules_only=True).outcome, screen(text, surface).outcome
        counts = found.setdefault(label, Counter())
        counts.update(["texts", f"rules {rules}", f"both {both}"])
    for label, posts in threads:
        counts = found.setdefault(f"threads {label}", Counter())
        counts.update(
            ["threads", *["rules stop"] * is_stopped(posts, rules_only=True), *["both stop"] * is_stopped(posts)]
        )
    return {
        label: ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) for label, counts in found.items()
    }
