"""What happens to write-ups, myth checks and bulletins, in words, and which of it members are told."""

from django.utils.translation import gettext_lazy as _

from community.core.notices import Notice

VERBS = {
    "knowledge.writeup.started": _("started a write-up"),
    "knowledge.writeup.saved": _("changed a draft"),
    "knowledge.writeup.sent": _("sent a write-up for review"),
    "knowledge.writeup.held": _("sent a write-up that waits for a moderator"),
    "knowledge.writeup.released": _("let a write-up go to review"),
    "knowledge.writeup.refused": _("sent a write-up back to its authors"),
    "knowledge.writeup.published": _("published a version of a write-up"),
    "knowledge.writeup.hidden": _("took a write-up out of sight"),
    "knowledge.writeup.restored": _("showed a write-up again"),
    "knowledge.writeup.retired": _("retired a write-up"),
    "knowledge.writeup.reaffirmed": _("reaffirmed a write-up"),
    "knowledge.writeup.fell_due": _("noted that a write-up is due for review"),
    "knowledge.writeup.discarded": _("discarded a draft"),
    "knowledge.writeup.file_added": _("added a figure or hand-out to a draft"),
    "knowledge.version.emptied": _("emptied a published version"),
    "knowledge.author.invited": _("invited a co-author"),
    "knowledge.author.accepted": _("accepted to be a co-author"),
    "knowledge.author.declined": _("declined to be a co-author"),
    "knowledge.author.left": _("left the authors of a write-up"),
    "knowledge.translation.started": _("began to translate a write-up"),
    "knowledge.translation.saved": _("changed the draft of a translation"),
    "knowledge.translation.sent": _("sent a translation to a second reader"),
    "knowledge.translation.returned": _("sent a translation back"),
    "knowledge.translation.published": _("published a translation as its second reader"),
    "knowledge.translation.renewed": _("went on with a translation of a newer version"),
    "knowledge.comment.written": _("commented on a draft"),
    "knowledge.comment.resolved": _("marked a comment on a draft as done"),
    "knowledge.writeup.faced": _("faces the problem of a write-up too"),
    "knowledge.writeup.faced_no_more": _("took back that they face a problem"),
    "knowledge.writeup.adapted": _("adapted a write-up"),
    "knowledge.writeup.level_changed": _("changed the level of practice evidence by what was reported"),
    "knowledge.writeup.certainty_set": _("rated the certainty of the literature"),
    "knowledge.adaptation.reported": _("reported on an adaptation"),
    "knowledge.adaptation.reminded": _("was reminded to report on an adaptation"),
    "knowledge.review.reminded": _("reminded a reviewer"),
    "knowledge.review.opened": _("opened a round of review"),
    "knowledge.review.invited": _("invited a reviewer"),
    "knowledge.review.begun": _("took a seat in a review"),
    "knowledge.review.given_up": _("gave up a seat in a review"),
    "knowledge.review.remarked": _("made a remark in a review"),
    "knowledge.review.remark_removed": _("took a remark back"),
    "knowledge.review.done": _("gave a verdict on a write-up"),
    "knowledge.review.returned": _("gave a write-up back for changes"),
    "knowledge.review.declined": _("declined a write-up"),
    "knowledge.rumour.reported": _("reported a rumour"),
    "knowledge.rumour.heard": _("heard a rumour too"),
    "knowledge.rumour.merged": _("put two rumours together"),
    "knowledge.rumour.split": _("parted a rumour in two"),
    "knowledge.rumour.sorting_undone": _("undid a sorting of rumours"),
    "knowledge.rumour.set_aside": _("set a rumour aside"),
    "knowledge.rumour.restored": _("showed a rumour again"),
    "knowledge.page.hidden": _("took a page out of sight"),
    "knowledge.page.restored": _("showed a page again"),
    "knowledge.draft.cleared": _("took what names a patient out of a draft"),
    "knowledge.remark.removed": _("removed a remark on a draft"),
    "knowledge.banner.removed": _("took a banner down"),
    "knowledge.file.withheld": _("kept an image or document to staff"),
    "knowledge.myth.drafted": _("began a myth check"),
    "knowledge.myth.saved": _("changed the draft of a myth check"),
    "knowledge.myth.reviewed": _("reviewed a myth check"),
    "knowledge.myth.published": _("published a myth check"),
    "knowledge.bulletin.drafted": _("began a bulletin"),
    "knowledge.bulletin.saved": _("changed the draft of a bulletin"),
    "knowledge.bulletin.signed": _("signed a bulletin as the first of two"),
    "knowledge.bulletin.released": _("released a bulletin as the second of two"),
    "knowledge.bulletin.released_alone": _("released a bulletin alone, for two hours"),
    "knowledge.bulletin.seconded": _("became the second of a bulletin released alone"),
    "knowledge.bulletin.withdrawn": _("withdrew a bulletin"),
    "knowledge.bulletin.confirmed": _("confirmed having read a bulletin"),
}

NOTICES = {
    "knowledge.invited": Notice(
        label=_("Somebody invites me to write with them"), title=_("You are invited to be a co-author"), email="now"
    ),
    "knowledge.answered": Notice(
        label=_("Somebody answers my invitation to write"), title=_("Your invitation was answered"), email="daily"
    ),
    "knowledge.commented": Notice(
        label=_("Comments on my drafts"), title=_("Somebody commented on your draft"), email="daily"
    ),
    "knowledge.published": Notice(
        label=_("My write-ups are published"), title=_("Your write-up is published"), email="now"
    ),
    "knowledge.sent_back": Notice(
        label=_("My write-ups come back"), title=_("Your write-up was sent back to you"), email="now"
    ),
    "knowledge.due": Notice(
        label=_("My write-ups are due for review"), title=_("A write-up of yours is due for review"), email="now"
    ),
    "knowledge.translated": Notice(
        label=_("My write-ups and translations are read in another language"),
        title=_("A translation is published"),
        email="daily",
    ),
    "knowledge.translation_back": Notice(
        label=_("My translations come back"), title=_("Your translation was sent back to you"), email="now"
    ),
    "knowledge.translation_old": Notice(
        label=_("What I translated has changed"),
        title=_("There is a newer version of what you translated"),
        email="daily",
    ),
    "knowledge.adapted": Notice(
        label=_("Somebody adapts my write-up"), title=_("Your write-up was adapted somewhere else"), email="daily"
    ),
    "knowledge.reported": Notice(
        label=_("Adopters report on my write-up"), title=_("An adopter of your write-up reports"), email="daily"
    ),
    "knowledge.report_due": Notice(
        label=_("A report on my adaptation is due"), title=_("How did your adaptation go?"), email="now"
    ),
    "knowledge.review_reminder": Notice(
        label=_("A review of mine is waited for"), title=_("Your review of a write-up is waited for"), email="now"
    ),
    "knowledge.review_invited": Notice(
        label=_("I am invited to review"), title=_("You are invited to review a write-up"), email="now"
    ),
    "knowledge.review_again": Notice(
        label=_("A draft that I reviewed comes again"), title=_("A draft that you reviewed has come again"), email="now"
    ),
    "knowledge.bulletin.released": Notice(
        label=_("Crisis bulletins for my region and profession"), title=_("There is a bulletin for you"), email="now"
    ),
    "knowledge.bulletin.corrected": Notice(
        label=_("Corrections of bulletins that I have opened"),
        title=_("A bulletin that you opened has changed"),
        email="now",
        optional=False,
    ),
    "knowledge.bulletin.second_wanted": Notice(
        label=_("A bulletin waits for a second person (duty roster)"),
        title=_("A bulletin waits for your signature"),
        email="now",
        optional=False,
    ),
    "knowledge.myth.published": Notice(
        label=_("A rumour that I reported or heard is checked"),
        title=_("A rumour that you heard is checked"),
        email="daily",
    ),
}
