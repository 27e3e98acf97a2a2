"""The guard: one pure function from a text and where it stands to an outcome. No storage, no logging, no clock."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from community.casefree import indirect, learned
from community.casefree.evasion import encoded, second_reading
from community.casefree.language import has_pack, language_after
from community.casefree.narrative import MENTIONED, first_cue, is_a_story, is_fiction, narrative_score
from community.casefree.outcomes import LEVELS, Finding, Level, Outcome, gravest
from community.casefree.reading import Reading, read
from community.casefree.rewriting import rewrite_of
from community.casefree.rules import rules_for
from community.casefree.rules.contacts import is_public_line
from community.casefree.rules.persons import is_titled
from community.casefree.rules.rule import TRIALS, Candidate, Rule
from community.casefree.surfaces import Tolerance, tolerance_of

PHONE_KINDS = frozenset({"phone", "fax"})
#: Raised with every change of a rule or a pack; older content is then screened again.
RULES_VERSION = 10
#: Two messages that belong together are short, and stand next to each other.
TAIL = 400
#: Where the learned reader adds up posts; in a room one goes on to tell of others.
TOLD_IN_PARTS = frozenset({"post"})
#: This much of a text in another language is marked; the reason is about all of it.
MARKED = 80

Found = Iterable[tuple[Level, Finding]]
#: Reads a text once more beside the rules, with their narrative score. It may add findings and take none away.
SecondReader = Callable[[Reading, float], Found]

_second_readers: list[SecondReader] = []


def install_second_reader(reader: SecondReader | None) -> None:
    """Have every text read once more (the extra `[casefree-ner]`); None leaves the rules alone again, as they begin."""
    _second_readers[:] = [reader] if reader else []


def screen(text: str, surface: str = "post", *, told_in: str = "", rules_only: bool = False) -> Outcome:
    """What in a text could identify a patient. Offsets are characters of `text`; never raises for any string.

    `told_in` is its language where that is known otherwise. With `rules_only` the learned reader is not asked.
    """
    tolerance = tolerance_of(surface)
    reading = read(text[: tolerance.longest], underscores=tolerance.underscores, told_in=told_in)
    bare = second_reading(reading)
    found = list(_direct(reading, tolerance))
    if bare:
        found += _direct(bare, tolerance)
    score = max(narrative_score(r) for r in (reading, bare) if r)
    told = bare if bare and narrative_score(bare) > narrative_score(reading) else reading
    mentions = indirect.mentions(told)
    found += [
        *_hidden(reading, tolerance),
        *_foreign(reading, tolerance),
        *_of_a_person(told, score, mentions, tolerance),
    ]
    kept = _without_overlap(found)
    kept += _read_again(reading, score, kept, tolerance)
    if not rules_only:
        kept += _read_by_the_learned(told, score, kept, tolerance)
    if len(text) > tolerance.longest:
        kept.append(("block", _too_long(text, tolerance)))
    return Outcome(
        gravest([level for level, _finding in kept]),
        tuple(sorted((finding for _level, finding in kept), key=lambda f: (f.start, f.end))),
        score,
        frozenset(mention.category for mention in mentions),
        _is_of_somebody(told, bool(mentions)),
    )


def screen_after(
    before: str, text: str, surface: str = "post", *, told_in: str | None = None, rules_only: bool = False
) -> Outcome:
    """Screen words that follow others of the same author: what is split over two messages is read together.

    Findings point into `text`; the words before are only read, and only their end.
    """
    told_in = language_after(before, text) if told_in is None else told_in
    outcome = screen(text, surface, told_in=told_in, rules_only=rules_only)
    tail = before[-TAIL:]
    if not tail.strip() or len(text) > TAIL or outcome.outcome == "block":
        return outcome
    whole, at = screen(f"{tail} {text}", surface, rules_only=True), len(tail) + 1
    split = [f for f in whole.findings if f.end > at and f.kind not in {"narrative", "indirect"}]
    by_rules = [f for f in outcome.findings if f.kind not in learned.KINDS]
    known = {(f.start, f.end) for f in by_rules}
    new = [replace(f, start=max(0, f.start - at), end=f.end - at) for f in split]
    new = [f for f in new if not any(start < f.end and f.start < end for start, end in known)]
    if not new:
        return outcome
    findings = tuple(sorted((*by_rules, *new), key=lambda f: (f.start, f.end)))
    return replace(outcome, outcome=gravest([outcome.outcome, whole.outcome]), findings=findings)


def screen_in_thread(before: str, text: str, surface: str = "post", *, rules_only: bool = False) -> Outcome:
    """The same, with what the words tell if they go on about somebody: what the ledger keeps."""
    told_in = language_after(before, text)
    outcome = screen_after(before, text, surface, told_in=told_in, rules_only=rules_only)
    reading = read(text[: tolerance_of(surface).longest], told_in=told_in)
    told = indirect.told_of_the_known(reading)
    told = told | {indirect.PERSON} if outcome.definite else told
    part = 0 if rules_only or surface not in TOLD_IN_PARTS else _part(reading, outcome, told)
    return replace(outcome, attached=told, part=part)


def _part(reading: Reading, outcome: Outcome, told: frozenset[str]) -> int:
    return max(0, learned.part_of_a_thread(reading, outcome.narrative, told | outcome.categories))


def answer(text: str, surface: str) -> tuple[Level, list[tuple[int, int, str, str, str | None]]]:
    """The same, in the shape of the kernel's screening seam."""
    outcome = screen(text, surface)
    return outcome.outcome, [(f.start, f.end, f.kind, f.reason, f.rewrite) for f in outcome.findings]


def _is_of_somebody(reading: Reading, has_details: bool) -> bool:
    """Somebody was there, or details hang on a he or she whom an earlier post may have brought in."""
    spoken_of = has_details and (
        reading.mentions(reading.pack.pronoun, 0, len(reading.text)) or bool(indirect.CLIPPED.search(reading.text))
    )
    return (spoken_of or indirect.speaks_of_a_definite_person(reading)) and not is_fiction(reading)


def _direct(reading: Reading, tolerance: Tolerance) -> Iterator[tuple[Level, Finding]]:
    for rule in rules_for(reading):
        if rule.kind in tolerance.spared:
            continue
        for candidate in rule.candidates(reading):
            level = _level(rule, candidate, tolerance)
            if level != "pass":
                begins = _with_its_title(rule, candidate)
                start, end = reading.span(begins, candidate.end)
                rewrite = _as_it_begins(candidate, begins, rewrite_of(rule.kind, candidate.text))
                yield level, Finding(start, end, rule.kind, rule.explanation, rewrite)


def _with_its_title(rule: Rule, candidate: Candidate) -> int:
    """Where what is marked begins: `Mrs Osei` goes whole, or “Mrs the patient” would be left."""
    titled = is_titled(candidate, candidate.reading.pack.titles) if rule.kind == "name" else None
    return titled.start() if titled else candidate.start


def _as_it_begins(candidate: Candidate, start: int, rewrite: str | None) -> str | None:
    """With a capital where a sentence begins and what is marked has one."""
    before = candidate.reading.text[max(0, start - 8) : start].rstrip()
    opens = (not before or before[-1] in ".!?") and candidate.text[0].isupper()
    return rewrite[0].upper() + rewrite[1:] if rewrite and opens else rewrite


def _level(rule: Rule, candidate: Candidate, tolerance: Tolerance) -> Level:
    if tolerance.public_lines and rule.kind in PHONE_KINDS and is_public_line(candidate):
        return "pass"
    return min(rule.level, tolerance.softened.get(rule.kind, rule.level), key=LEVELS.index)


def _read_again(reading: Reading, score: float, kept: list[tuple[Level, Finding]], tolerance: Tolerance) -> Found:
    """What a second reader finds where the rules found nothing; a human looks at most."""
    for reader in _second_readers:
        for level, finding in reader(reading, score):
            is_new = not any(f.start < finding.end and finding.start < f.end for _level, f in kept)
            level = min(level, "hold", tolerance.softened.get(finding.kind, level), key=LEVELS.index)
            if is_new and level != "pass" and finding.kind not in tolerance.spared:
                yield level, finding


def _read_by_the_learned(
    reading: Reading, score: float, kept: list[tuple[Level, Finding]], tolerance: Tolerance
) -> Found:
    """What the learned reader adds where nothing stops a text yet, and where stories are looked for; a human looks at most."""
    if tolerance.story > 1 or gravest([level for level, _finding in kept]) in {"hold", "block"}:
        return
    for level, finding in learned.beyond_the_rules(reading, score):
        level = min(level, "hold", tolerance.softened.get(finding.kind, level), key=LEVELS.index)
        if level != "pass":
            yield level, finding


def _hidden(reading: Reading, tolerance: Tolerance) -> Iterator[tuple[Level, Finding]]:
    """Prose in code: nobody can read it, so nobody can say what it holds."""
    for start, end, words in encoded(reading):
        inside = any(level in {"hold", "block"} for level, _finding in _direct(read(words), tolerance))
        reason = _("This is encoded text, which hides what it says. Please write it out. (house rule)")
        yield ("block" if inside else "hold"), Finding(*reading.span(start, end), "encoded", reason)


def _foreign(reading: Reading, tolerance: Tolerance) -> Iterator[tuple[Level, Finding]]:
    if has_pack(reading.language) or "language" in tolerance.spared or tolerance.softened.get("language") == "pass":
        return
    reason = _(
        "We cannot check this language yet, so a moderator reads it first. English, Spanish, French and Arabic are checked at once. (house rule)"
    )
    end = min(MARKED, len(reading.text))
    yield "hold", Finding(*reading.span(0, end), "language", reason)


def _of_a_person(
    reading: Reading, score: float, mentions: list[indirect.Mention], tolerance: Tolerance
) -> Iterator[tuple[Level, Finding]]:
    """One person's story, or three indirect identifiers of one person."""
    definite = indirect.speaks_of_a_definite_person(reading)
    if (
        tolerance.sums
        and len(mentions) >= (indirect.ENOUGH if definite else indirect.ENOUGH_OF_NOBODY)
        and not is_fiction(reading)
    ):
        for mention in mentions:
            yield "hold", _finding(reading, mention.start, mention.end, "indirect", _indirect_reason(mention.category))
    is_told = score >= tolerance.story and is_a_story(reading, score, tolerance.story)
    is_mentioned = definite and score >= MENTIONED
    cue = first_cue(reading) if tolerance.story <= 1 and (is_told or is_mentioned) else None
    if cue is None:
        return
    if is_told:
        reason = _(
            "This reads as one patient's story. Ask about patients of this kind, without what happened to this one."
        )
        yield "hold", _finding(reading, *cue, "narrative", f"{reason} ({TRIALS})")
    else:
        reason = _("This speaks of one patient of yours. “A patient with …” asks the same question.")
        yield "nudge", _finding(reading, *cue, "narrative", f"{reason} ({TRIALS})")


def _finding(reading: Reading, start: int, end: int, kind: str, reason: str) -> Finding:
    return Finding(*reading.span(start, end), kind, reason, rewrite_of(kind, reading.text[start:end]))


def _indirect_reason(category: str) -> str:
    reason = _("Together with the other marked details this could tell who one person is: {category}.")
    return f"{reason.format(category=indirect.CATEGORIES[category])} ({TRIALS})"


def _without_overlap(found: Found) -> list[tuple[Level, Finding]]:
    """Of findings that overlap, keep the gravest, then the one whose rule comes first."""
    ranked = sorted(enumerate(found), key=lambda item: (-LEVELS.index(item[1][0]), item[0]))
    kept: list[tuple[Level, Finding]] = []
    taken = bytearray(max((f.end for _rank, (_level, f) in ranked), default=0))
    for _rank, (level, finding) in ranked:
        if not any(taken[finding.start : finding.end]):
            taken[finding.start : finding.end] = b"\x01" * (finding.end - finding.start)
            kept.append((level, finding))
    return kept


def _too_long(text: str, tolerance: Tolerance) -> Finding:
    reason = _("Only the first {count} characters can be checked. Please shorten the text.").format(
        count=tolerance.longest
    )
    return Finding(tolerance.longest, len(text), "too_long", reason)
