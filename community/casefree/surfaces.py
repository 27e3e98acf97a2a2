"""What each place of the site may hold. A table: the rules are the same everywhere, only the tolerance differs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from community.casefree.outcomes import Level

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


#: People write about themselves here: their own name and page are theirs to give, a private number is worth a second thought.
OWN_WORDS = Tolerance(
    spared=frozenset({"name", "licence_number"}),
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

SURFACES: Mapping[str, Tolerance] = {
    "post": Tolerance(),
    "title": Tolerance(public_lines=False, longest=1_000),
    "tag": Tolerance(public_lines=False, longest=200),
    "chat": Tolerance(longest=16_384),
    "practice": Tolerance(longest=200_000),
    "profile": OWN_WORDS,
    "bio": OWN_WORDS,
    "file_name": Tolerance(public_lines=False, longest=1_000, underscores=True),
    # Read by verifiers only: registrars' contacts and the applicant's own numbers are what they need.
    "application_note": Tolerance(
        spared=frozenset({"name", "licence_number", "phone", "fax", "email", "url", "age", "address"}),
        softened={"date": "nudge"},
    ),
    "report": Tolerance(public_lines=False),
    "moderation_note": Tolerance(public_lines=False),
    "space": Tolerance(public_lines=False, longest=2_000),
}


def tolerance_of(surface: str) -> Tolerance:
    """The tolerance of a surface; an unknown one gets the strict one of a post."""
    return SURFACES.get(surface, SURFACES["post"])
