"""What happens to webinars and in their rooms, with the words under which it is shown, and what members are told."""

from django.utils.translation import gettext_lazy as _

from community.core.notices import Notice

VERBS = {
    # Before: plans, people, places.
    "webinars.webinar.planned": _("planned a webinar"),
    "webinars.webinar.edited": _("changed the plan of a webinar"),
    "webinars.webinar.published": _("published a webinar"),
    "webinars.plan.held": _("wrote a plan that waits for a moderator"),
    "webinars.plan.released": _("let the plan of a webinar through"),
    "webinars.plan.refused": _("decided that a plan is not published"),
    "webinars.webinar.hidden": _("hid a webinar"),
    "webinars.webinar.restored": _("showed a webinar again"),
    "webinars.webinar.postponed": _("moved a webinar to another time"),
    "webinars.webinar.cancelled": _("cancelled a webinar"),
    "webinars.webinar.reminded": _("reminded those who registered"),
    "webinars.series.opened": _("began a series of webinars"),
    "webinars.series.edited": _("changed a series of webinars"),
    "webinars.cover.changed": _("changed the picture of a webinar"),
    "webinars.handout.added": _("added a hand-out to a webinar"),
    "webinars.handout.removed": _("took a hand-out off a webinar"),
    "webinars.crew.joined": _("gave somebody a part in a webinar"),
    "webinars.crew.left": _("took somebody’s part in a webinar"),
    "webinars.speaker.added": _("added a speaker"),
    "webinars.speaker.moved": _("changed the order of speakers"),
    "webinars.speaker.removed": _("removed a speaker"),
    "webinars.speaker.invited": _("invited a guest to speak"),
    "webinars.speaker.declared": _("declared conflicts of interest as a speaker"),
    "webinars.speaker.declined": _("declined to speak"),
    "webinars.registration.made": _("registered for a webinar"),
    "webinars.registration.cancelled": _("cancelled a registration"),
    "webinars.registration.approved": _("approved a registration"),
    "webinars.registration.declined": _("declined a registration"),
    "webinars.registration.removed": _("removed a registration"),
    "webinars.registration.moved_up": _("moved up from the waiting list"),
    "webinars.registration.reminders_set": _("chose reminders of a webinar"),
    "webinars.feed.renewed": _("gave a calendar feed a new address"),
    # The room.
    "webinars.webinar.went_live": _("went live"),
    "webinars.webinar.ended": _("ended a webinar"),
    "webinars.line.held": _("wrote in a room what waits for a moderator"),
    "webinars.line.released": _("published what was held in a room"),
    "webinars.line.refused": _("declined what was held in a room"),
    "webinars.line.withdrawn": _("took back what was held in a room"),
    "webinars.line.pinned": _("pinned a line of a room"),
    "webinars.line.hidden": _("hid a line of a room"),
    "webinars.line.restored": _("showed a line of a room again"),
    "webinars.question.asked": _("asked the speakers a question"),
    "webinars.question.approved": _("let a question through"),
    "webinars.question.answered": _("answered a question"),
    "webinars.question.dismissed": _("set a question aside"),
    "webinars.question.merged": _("merged a question into another"),
    "webinars.question.withdrawn": _("withdrew a question"),
    "webinars.question.hidden": _("hid a question"),
    "webinars.question.restored": _("showed a question again"),
    "webinars.question.asker_revealed": _("looked up who asked anonymously"),
    "webinars.poll.created": _("prepared a poll"),
    "webinars.poll.edited": _("changed a prepared poll"),
    "webinars.poll.removed": _("threw a prepared poll away"),
    "webinars.poll.opened": _("opened a poll"),
    "webinars.poll.closed": _("closed a poll"),
    "webinars.deck.added": _("added slides"),
    "webinars.deck.prepared": _("made the pages of slides"),
    "webinars.deck.held": _("held slides for a moderator"),
    "webinars.deck.pages_left_out": _("left pages out of slides"),
    "webinars.deck.released": _("let slides be shown"),
    "webinars.deck.refused": _("decided that slides are not shown"),
    "webinars.deck.removed": _("threw slides away"),
    "webinars.room.limited": _("muted somebody in a room, or took them out of it"),
    "webinars.room.limit_lifted": _("lifted a limit in a room"),
    "webinars.room.set": _("changed how a room is set"),
    "webinars.room.panicked": _("stopped everything in a room"),
    # Video.
    "webinars.take.begun": _("began to send video"),
    "webinars.take.closed": _("stopped sending video"),
    "webinars.take.failed": _("sent video that cannot be read"),
    "webinars.stream_key.made": _("made a stream key"),
    "webinars.stream_key.revoked": _("took a stream key back"),
    "webinars.stream.accepted": _("began to send video from a program"),
    "webinars.stream.refused": _("tried to send video with a wrong key"),
    "webinars.media.cut": _("cut a stretch out of a webinar"),
    "webinars.captions.imported": _("put up captions"),
    "webinars.captions.removed": _("took captions away"),
    "webinars.upload.begun": _("began to send a recording"),
    "webinars.upload.received": _("sent a recording"),
    "webinars.upload.cancelled": _("gave up sending a recording"),
    "webinars.upload.ready": _("put a recording in place"),
    "webinars.upload.failed": _("sent a recording that cannot be used"),
}

NOTICES = {
    "webinars.reminder_day": Notice(
        label=_("A webinar of mine is tomorrow"), title=_("A webinar you registered for begins within a day")
    ),
    "webinars.reminder_hour": Notice(
        label=_("A webinar of mine begins in an hour"), title=_("A webinar you registered for begins within an hour")
    ),
    "webinars.reminder_ten": Notice(
        label=_("A webinar of mine begins in ten minutes"),
        title=_("A webinar you registered for begins in ten minutes"),
    ),
    "webinars.postponed": Notice(
        label=_("A webinar of mine is moved"), title=_("A webinar you registered for has another time")
    ),
    "webinars.cancelled": Notice(
        label=_("A webinar of mine is cancelled"), title=_("A webinar you registered for is cancelled")
    ),
    "webinars.place": Notice(
        label=_("My registration is approved, or a place becomes free"), title=_("You have a place in a webinar")
    ),
    "webinars.no_place": Notice(
        label=_("My registration is declined or removed"), title=_("You have no place in a webinar")
    ),
    "webinars.asked": Notice(
        label=_("Somebody asks for a place in a webinar of mine"),
        title=_("Somebody asks for a place in your webinar"),
        email="daily",
    ),
    "webinars.plan_decided": Notice(
        label=_("A moderator has read the plan of a webinar of mine"), title=_("A moderator has read your plan")
    ),
    "webinars.crew": Notice(
        label=_("I am given a part in a webinar"), title=_("You have been given a part in a webinar")
    ),
}
