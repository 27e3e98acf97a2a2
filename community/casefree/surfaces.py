"""What each place of the site may hold. A table: the rules are the same everywhere, only the tolerance differs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from community.casefree.learned import DETAIL, STORY
from community.casefree.narrative import HOLD
from community.casefree.outcomes import Level

NEVER = 2.0
#: Said in passing and read at once: a chat line is stopped a little earlier.
HOLD_IN_CHAT = 0.5
#: About 10,000 words; longer texts belong in a document.
LONGEST = 60_000


@dataclass(frozen=True)
class Tolerance:
    """`spared` kinds are not looked at, `softened` kinds weigh less, `public_lines` lets labelled help lines pass."""

    spared: frozenset[str] = frozenset()
    softened: Mapping[str, Level] = field(default_factory=dict)
    public_lines: bool = True
    longest: int = LONGEST
    underscores: bool = False
    #: From this narrative score on a human looks; one that is never reached leaves stories alone.
    story: float = HOLD
    #: Three indirect identifiers of one person are held.
    sums: bool = True


#: People write about themselves here: their own name and page are theirs to give, a private number is worth a second thought.
OWN_WORDS = Tolerance(
    spared=frozenset({"name", "licence_number", "clinician", "place", "region", "time", "language"}),
    story=NEVER,
    sums=False,
    softened={
        "phone": "nudge",
        "fax": "nudge",
        "email": "nudge",
        "url": "nudge",
        "date": "nudge",
        "age": "nudge",
        "address": "nudge",
        "postcode": "nudge",
    },
)

#: A write-up names its own town, hospital, authors and dates.
SETTING = frozenset({"place", "region", "clinician", "time"})

SURFACES: Mapping[str, Tolerance] = {
    "post": Tolerance(),
    # A title alone is hardly a story; what stands below it is read too.
    "title": Tolerance(public_lines=False, longest=1_000, softened={STORY: "pass"}),
    "tag": Tolerance(spared=frozenset({"language"}), public_lines=False, longest=200, story=NEVER),
    "chat": Tolerance(longest=16_384, story=HOLD_IN_CHAT),
    "question": Tolerance(longest=16_384, story=HOLD_IN_CHAT),
    "transcript": Tolerance(),
    # Speakers give their own address on the first and the last page.
    "slide": Tolerance(softened={"email": "nudge", "url": "nudge", DETAIL: "nudge"}, longest=60_000),
    "practice": Tolerance(
        softened={"place": "nudge", "region": "pass", "clinician": "nudge", DETAIL: "nudge"}, longest=200_000
    ),
    "practice_setting": Tolerance(
        spared=SETTING | {"name", "date"},
        softened={"email": "nudge", "phone": "nudge", "language": "pass"},
        story=NEVER,
        sums=False,
    ),
    "profile": OWN_WORDS,
    "bio": OWN_WORDS,
    "file_name": Tolerance(
        spared=frozenset({"language"}), public_lines=False, longest=1_000, underscores=True, story=NEVER, sums=False
    ),
    "alt_text": Tolerance(public_lines=False, longest=2_000),
    # Read by verifiers only: registrars' contacts and the applicant's own numbers are what they need.
    "application_note": Tolerance(
        spared=SETTING | {"name", "licence_number", "phone", "fax", "email", "url", "age", "address", "language"},
        softened={"date": "nudge"},
        story=NEVER,
        sums=False,
    ),
    # Moderators tell each other what happened; they may say what they saw, not whom.
    "report": Tolerance(spared=SETTING | {"language"}, public_lines=False, story=NEVER, sums=False),
    "moderation_note": Tolerance(spared=SETTING | {"language"}, public_lines=False, story=NEVER, sums=False),
    "space": Tolerance(public_lines=False, longest=2_000),
}


def tolerance_of(surface: str) -> Tolerance:
    """The tolerance of a surface; an unknown one gets the strict one of a post."""
    return SURFACES.get(surface, SURFACES["post"])
