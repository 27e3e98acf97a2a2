"""The changes of moderation: reviews open, are claimed and decided; sanctions are imposed and lifted."""

from community.moderation.operations.claims import claim, claim_next, open_words, release_claim
from community.moderation.operations.decisions import decide, reverse, settle, show_words, withdraw
from community.moderation.operations.reviews import flag, hold, report
from community.moderation.operations.sanctions import impose_sanction, lift_sanction

__all__ = [
    "claim",
    "claim_next",
    "decide",
    "flag",
    "hold",
    "impose_sanction",
    "lift_sanction",
    "open_words",
    "release_claim",
    "report",
    "reverse",
    "settle",
    "show_words",
    "withdraw",
]
