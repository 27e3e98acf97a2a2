"""What members do with search that is kept, and what they are told of it."""

from django.utils.translation import gettext_lazy as _

from community.core.notices import Notice

VERBS = {
    "search.saved.kept": _("saved a search"),
    "search.saved.dropped": _("dropped a saved search"),
    "search.words.settled": _("saw to a search that found nothing"),
    "search.synonyms.added": _("added a synonym to search"),
    "search.synonyms.switched": _("switched a synonym of search on or off"),
}
NOTICES = {
    "search.found": Notice(
        label=_("Something new answers a search that I saved"),
        title=_("Something new answers your saved search"),
        email="daily",
    ),
}
