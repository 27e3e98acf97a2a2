"""What is said of verified members in words, for many of them at once."""

from collections.abc import Iterable, Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.credentials.models import Application
from community.credentials.proof import Level
from community.credentials.queries import applications_in_force, issuer_of
from community.members.models import Member
from community.members.panels import Badge

# Our levels in the words of the badge component.
SHOWN = {Level.VERIFIED: "verified", Level.VERIFIED_DOCUMENT: "document", Level.LEARNER: "learner"}


def badges_of(members: Iterable[Member]) -> Mapping[int, Badge]:
    """The badge of each of these members whose credential holds now, in one query; the newest where there are two."""
    found = applications_in_force().filter(member__in=list(members)).order_by("verified_at")
    return {application.member_id: _badge(application) for application in found.select_related("profession")}


def _badge(application: Application) -> Badge:
    profession = str(application.profession or "")
    issuer = issuer_of(application)
    day = application.verified_at.date() if application.verified_at else None
    facts = {"profession": profession, "issuer": issuer, "day": date_format(day, "j M Y") if day else ""}
    sentence = _("{profession}, checked on {day} with {issuer}") if issuer else _("{profession}, checked on {day}")
    return Badge(sentence.format(**facts), SHOWN.get(Level(application.level), ""), profession, issuer, day)
