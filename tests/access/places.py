"""The places of the site that take words: for each address the fields whose words are kept, and what it is sent.

A new address, command or query is put here, or among those without words with the reason.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from community.core.clock import now
from tests.access.bodies import BODIES


@dataclass(frozen=True)
class Place:
    """One way to send words to an address: who sends, where to, what besides, and the fields that are kept."""

    route: str
    persona: str
    kept: tuple[str, ...]
    body: dict[str, Any] = field(default_factory=dict)
    arguments: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join([self.route, *map(str, self.arguments.values())])


def place(route: str, persona: str, kept: str, body: dict[str, Any] | None = None, **arguments: Any) -> Place:
    return Place(route, persona, tuple(kept.split()), BODIES.get(route, {}) if body is None else body, arguments)


MYTH = "claim fact practical short_text sources title why"
BULLETIN = "being_done consequences contacts known sources steps-0-do steps-0-dont title trust unknown"


def _from_now(hours: int) -> str:
    return f"{now() + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


TIMES = {"known_since": _from_now(-2), "next_update_at": _from_now(6), "expires_at": _from_now(72)}
STEPS = {"steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0", "steps-0-role": "everybody"}
PLACES = [
    place("space-create", "editor", "name purpose who_for"),
    place("space-edit", "editor", "name purpose who_for"),
    place("post-edit", "member", "source"),
    place("thread-create", "member", "source tags title"),
    place("thread-reply", "member", "source"),
    place("thread-promote", "member", "title"),
    place("post-report", "nurse", "note", {"reason": "other"}),
    place("webinar-create", "member", "title"),
    place("series-edit", "presenter", "summary title"),
    place("webinar-step", "presenter", "description new_series objectives summary tags title"),
    place("webinar-move", "presenter", "note"),
    place("webinar-cancel", "presenter", "note"),
    place("webinar-speakers", "presenter", "name title", {"kind": "guest"}),
    place("webinar-question", "member", "text"),
    place("webinar-report", "member", "note", {"reason": "other"}),
    place("webinar-conflicts", "presenter", "statement", {}),
    place("speaker-invitation", "presenter", "statement", {}),
    place("room-commands", "member", "text"),
    place("search-words-settle", "editor", "means text"),
    place("synonym-list", "editor", "means word"),
    place("saved-search-list", "member", "q"),
    place("profile-edit", "member", "bio family_name former_names given_name institution interests"),
    place("conflicts-edit", "member", "statement", {}),
    place("verification-claim", "applicant", "family_name given_name note"),
    place("verification-appeal", "suspended", "note"),
    place("vouch-answer", "member", "employer"),
    place("verification-domain-review", "verifier", "institution"),
    place("review-decide", "moderator", "note"),
    place("adaptation-report", "member", "measure note"),
    place("peer-review-begin", "member", "coi_text", {}),
    place("peer-review-sit", "member", "coi_text", {"seat": "specialty"}),
    place("peer-review-remark", "member", "text"),
    place("peer-review-verdict", "member", "reason"),
    place("writeup-adapt", "member", "title what_changed"),
    place("writeup-certainty", "member", "reason"),
    place("writeup-start", "member", "title"),
    place("writeup-retire", "member", "reason"),
    place("writeup-report", "nurse", "note", {"reason": "other"}),
    place("writeup-comment", "member", "text"),
    place("writeup-write", "member", "plain problem result summary title", {}, section="short"),
    place("writeup-write", "member", "place tags", {}, section="setting"),
    place("writeup-write", "member", "adaptable-0-element baseline core-0-element timeline-0-what", {}, section="done"),
    place("writeup-write", "member", "cost resources__equipment team-0-role", {}, section="means"),
    place("writeup-write", "member", "equity measures-0-name not_worked unintended", {}, section="results"),
    place("writeup-write", "member", "getting_started-0-title sustaining", {}, section="next"),
    place("writeup-write", "member", "conflicts__text ethics__text sources-0-citation", {}, section="integrity"),
    place("translation-write", "member", "piece:title", {}),
    place("translation-answer", "nurse", "answer", {"do": "return"}),
    place("rumour-list", "member", "text"),
    place("myth-create", "editor", MYTH),
    place("myth-edit", "editor", MYTH),
    place("bulletin-create", "editor", BULLETIN, TIMES | STEPS),
    place("bulletin-edit", "editor", BULLETIN, TIMES | STEPS),
]

API = {
    "api-v1:thread-create": ("source", "title", "tags"),
    "api-v1:post-create": ("source",),
    "api-v1:room-commands": ("text",),
}
# Words that are asked with and not kept: the method and the field.
ASKED = {
    "search": ("get", "q"),
    "search-suggest": ("get", "q"),
    "member-list": ("get", "q"),
    "webinar-list": ("get", "q"),
    "notification-list": ("get", "q"),
    "practice-match": ("post", "problem"),
    "screen-words": ("post", "text"),
    "search-similar": ("post", "text"),
    "search-picked": ("post", "q"),
}
# Files by the field; a name may hold words, and so may the text of captions.
FILES = {
    "webinar-files": ("presenter", "file", {"kind": "handout", "title": "Plan"}, "pdf"),
    "webinar-captions": ("presenter", "file", {"language": "en"}, "vtt"),
    "deck-list": ("presenter", "file", {"title": "Slides"}, "pdf"),
    "verification-document": ("applicant", "file", {"kind": "licence", "issuer": "Council"}, "pdf"),
    "writeup-files": ("member", "figure-file", {"kind": "figure", "figure-description": "A chart"}, "png"),
}
# Fields of commands that take words; what they are sent otherwise is in tests/access/rooms.py.
COMMANDS = {
    "thread.reply": {"text"},
    "chat.say": {"text"},
    "chat.edit": {"text"},
    "chat.report": {"note"},
    "question.ask": {"text"},
    "question.report": {"note"},
    "poll.create": {"prompt", "options", "explanation"},
    "poll.edit": {"prompt", "options", "explanation"},
    "poll.open": {"prompt", "options", "explanation"},
    "poll.vote": {"text"},
}
NO_WORDS_IN_COMMANDS = {
    "stance": "one of four words",
    "reason": "one of a list",
    "kind": "one of a list",
    "results": "one of a list",
    "line": "an identifier of ours",
    "question": "an identifier of ours",
    "into": "an identifier of ours",
    "poll": "an identifier of ours",
    "deck": "an identifier of ours",
    "member": "a handle that must be there",
}

# Addresses that take a POST and no words, by the reason.
REASONS = {
    "the account: addresses, passwords and codes, checked by their form; kept by allauth": """
        account_login account_logout account_signup account_reauthenticate account_email
        account_email_verification_sent account_change_password account_set_password account_reset_password
        account_confirm_login_code account_reset_password_from_key account_signup_by_passkey admin/login/
        mfa_authenticate mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp mfa_generate_recovery_codes
        mfa_add_webauthn mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_edit_webauthn mfa_login_webauthn
        mfa_signup_webauthn usersessions_list _util/login/ django-admin/login/ admin/^.*/$ session-end
        verification-address verification-registration verification-code verification-code-send
        verification-review-contact own-data-download erasure-request erasure-withdraw set_language
        mfa_download_recovery_codes
    """,
    "nothing is kept of what is sent": """
        healthz readyz metrics settings/ api-v1:openapi-json api-v1:thread-read api-v1:api-root styleguide
    """,
    "a button: nothing is typed": """
        revision-erase post-withdraw post-restore space-read space-archive group-join group-leave
        webinar-publish webinar-duplicate webinar-file-remove stream-key-make stream-key-revoke
        webinar-feed-renew webinar-unregister upload-cancel saved-search-drop member-follow member-unfollow
        verification-start verification-document-remove verification-submit verification-withdraw
        verification-renew verification-conduct vouch-decline vouch-withdraw verification-next
        verification-review-claim verification-review-release verification-review-clear notification-read-all
        notification-unsubscribe notification-read device-remove review-next review-claim review-unclaim sanction-lift
        peer-review-give-up peer-review-remark-remove writeup-face-withdraw writeup-reaffirm writeup-send
        writeup-discard writeup-file-remove writeup-comment-resolve rumour-act bulletin-confirm
        bulletin-release myth-publish webinar-register
    """,
    "identifiers and choices from lists": """
        group-members thread-follow thread-moderate thread-move webinar-repeat webinar-speaker webinar-crew
        webinar-crew-remove webinar-decide webinar-golive-probe webinar-reminders webinar-progress ingest-auth
        upload-begin upload-part upload-finish room-held room-asker room-desk-page deck-act synonym-switch
        visibility-edit verification-peers verification-review-decide verification-review-second
        verification-review-suspend verification-review-reading evidence-judge evidence-open
        notification-settings device-add review-sanction peer-review-invite writeup-face translation-start
        writeup-invite writeup-answer writeup-leave rumour-sort
    """,
    "the same addresses as those of thread-create": "api-v1:thread-list api-v1:post-list",
    "asked in tests/knowledge, as none of the personas may review; screened in operations/myths.py": "myth-review",
}
WITHOUT_WORDS = {name: reason for reason, names in REASONS.items() for name in names.split()}
