"""What members do with search that is kept, and what they are told of it."""

from django.utils.translation import gettext_lazy as _

from community.core.notices import Notice

VERBS = {
    "search.saved.kept": _("saved a search"),
    "search.saved.dropped": _("dropped a saved search"),
    "search.saved.stopped": _("stopped a saved search after a change of the case-free rules"),
    "search.words.settled": _("saw to a search that found nothing"),
    "search.words.forgotten": _("forgot words that were searched for, after a change of the case-free rules"),
    "search.synonyms.added": _("added a synonym to search"),
    "search.synonyms.switched": _("switched a synonym of search on or off"),
    "search.synonyms.dropped": _("dropped a synonym of search after a change of the case-free rules"),
}
NOTICES = {
    "search.found": Notice(
        label=_("Something new answers a search that I saved"),
        title=_("Something new answers your saved search"),
        email="daily",
    ),
    "search.stopped": Notice(
        label=_("A search that I saved was stopped"),
        title=_("A saved search was stopped: its words might point to a patient"),
        email="daily",
    ),
}
