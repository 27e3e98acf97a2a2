"""What the write routes are sent: complete and correct, so that only the right to do it can stand in the way."""

from typing import Any

KEY = "3f2b8f0e-6a51-4f0e-9a53-6d9a2f7f6c11"
POST = {"source": "We start with balanced fluid.", "stance": "local_practice", "client_key": KEY}
THREAD = {**POST, "title": "Which fluid first?", "stance": "question"}
DECISION = {"version": 2, "outcome": "keep", "reason": "conduct", "note": ""}
SPACE = {"name": "New space", "slug": "new-space", "kind": "topic", "purpose": "For tests.", "read_rule": "verified",
         "write_rule": "verified"}  # fmt: skip
WHEN = {"begins": "2031-05-06T18:30", "time_zone": "Africa/Nairobi", "minutes": 60}

BODIES: dict[str, Any] = {
    "api-v1:post-create": POST,
    "api-v1:post-list": POST,
    "api-v1:thread-create": THREAD,
    "api-v1:thread-list": THREAD,
    "api-v1:thread-read": {"number": 1},
    "api-v1:room-commands": {"do": "chat.say", "ref": KEY, "text": "We start with balanced fluid."},
    "bulletin-release": {"act": "sign"},
    "conflicts-edit": {"none": "on", "statement": ""},
    "deck-act": {"act": "remove"},
    "evidence-judge": {"accept": "yes"},
    "evidence-open": {"reason": "decide"},
    "group-members": {"handle": "the-nurse"},
    "series-edit": {"title": "Case-free rounds", "summary": ""},
    "speaker-invitation": {"none": "on", "statement": ""},
    "webinar-conflicts": {"none": "on", "statement": ""},
    "webinar-create": {"title": "A second round", **WHEN},
    "webinar-crew": {"handle": "the-nurse", "role": "moderator"},
    "webinar-crew-remove": {"handle": "the-moderator", "role": "moderator"},
    "webinar-decide": {"act": "approve"},
    "webinar-move": {**WHEN, "note": ""},
    "webinar-progress": {"forget": "1"},
    "webinar-question": {"text": "Which fluid first?", "ref": KEY},
    "webinar-reminders": {"day": "on"},
    "webinar-repeat": {"rhythm": "weekly", "times": 2},
    "webinar-speaker": {"act": "remove"},
    "webinar-speakers": {"kind": "member", "handle": "the-nurse"},
    "webinar-step": {"title": "Planned rounds", "summary": "What we do.", "language": "en"},
    "notification-settings": {"forums.reply:email": "never"},
    "post-edit": {"source": "We start with balanced fluid, warmed.", "stance": "local_practice", "revision": 2},
    "post-report": {"reason": "conduct", "note": ""},
    "review-decide": DECISION,
    "review-sanction": {"kind": "warn", "reason": "conduct"},
    "room-asker": {"question": "listed2222", "reason": "conduct"},
    "room-commands": {"do": "chat.say", "text": "We start with balanced fluid."},
    "room-desk-page": {"look": "held", "line": "held22222222"},
    "room-held": {"line": "held22222222"},
    "screen-words": {"text": "Which fluid first?", "surface": "post"},
    "space-create": SPACE,
    "space-edit": SPACE,
    "thread-create": THREAD,
    "thread-follow": {"level": "every_post"},
    "thread-moderate": {"act": "lock"},
    "thread-move": {"to": "elsewhere"},
    "thread-reply": POST,
    "verification-appeal": {"note": "Please look again."},
    "verification-code": {"code": "12345678"},
    "verification-domain-review": {"verdict": "medical", "institution": "Clinic"},
    "verification-review-contact": {"address": "desk@clinic.example"},
    "verification-review-decide": {"decision": "reject:number_unknown"},
    "verification-review-reading": {"kind": "register_seen"},
    "verification-review-second": {"agree": "yes"},
    "verification-review-suspend": {"reason": "fraud"},
    "verification-submit": {"truthful": "on"},
    "vouch-answer": {"known": "colleague", "employer": "Clinic", "certain": "on"},
}
