"""How the figures of the guard call its rules and what it reads again; what is not named here is called as in the log."""

from typing import Any

from django.utils.translation import gettext_lazy as _

#: By kind of finding.
KINDS: dict[str, Any] = {
    "account_number": _("Account number"),
    "address": _("Address"),
    "age": _("Age"),
    "clinician": _("Clinician by name"),
    "date": _("Date"),
    "device": _("Serial number of a device"),
    "email": _("E-mail address"),
    "fax": _("Fax number"),
    "ip": _("Network address"),
    "language": _("Language that is not read"),
    "learned_detail": _("Detail of one patient, by the learned reader"),
    "learned_story": _("Story of one patient, by the learned reader"),
    "learned_thread": _("One patient in several messages, by the learned reader"),
    "licence_number": _("Licence number"),
    "mosaic": _("One patient in several messages"),
    "name": _("Name"),
    "narrative": _("Story of one patient"),
    "national_number": _("National number"),
    "phone": _("Telephone number"),
    "place": _("Place"),
    "plan_number": _("Insurance number"),
    "postcode": _("Postcode"),
    "record_number": _("Record number"),
    "region": _("Region"),
    "time": _("Time of day"),
    "url": _("Link"),
    "vehicle": _("Registration of a vehicle"),
}

#: By name of what is read again (contents.py).
CONTENTS: dict[str, Any] = {
    "forums.post": _("Posts"),
    "forums.space": _("Spaces"),
    "forums.tag": _("Tags"),
    "knowledge.audiencedpage": _("Pages"),
    "knowledge.banner": _("Banners"),
    "knowledge.bulletinpage": _("Bulletins"),
    "knowledge.draft": _("Drafts"),
    "knowledge.draftcomment": _("Comments on drafts"),
    "knowledge.handout": _("Documents"),
    "knowledge.mythpage": _("Myth checks"),
    "knowledge.picture": _("Images"),
    "knowledge.remark": _("Remarks of reviewers"),
    "knowledge.rumour": _("Rumours"),
    "knowledge.under_myths": _("Reviews of myth checks"),
    "knowledge.under_write_ups": _("What others say under write-ups"),
    "knowledge.writeuppage": _("Write-ups"),
    "members.member": _("Profiles"),
    "search.askedwords": _("Counted searches"),
    "search.savedsearch": _("Saved searches"),
    "search.synonymset": _("Synonyms"),
    "webinars.caption": _("Captions"),
    "webinars.deck": _("Slides"),
    "webinars.roomevent": _("Lines of rooms"),
    "webinars.webinar": _("Webinars"),
}
