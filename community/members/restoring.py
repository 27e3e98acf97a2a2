"""When the site goes back to a backup: who was erased since stays erased, and nobody is signed in any more."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from community.core.actors import SYSTEM
from community.core.backups import Keeper, register_keeper
from community.core.models import Event
from community.members.models import Member
from community.members.operations import erase_member

Erased = dict[int, datetime]  # member → when they joined, lest a number is taken for somebody else's


def erased_since(made_at: str) -> Erased:
    """Those whom the present database remembers as erased after the backup was made."""
    moment = datetime.fromisoformat(made_at)
    events = Event.objects.filter(verb="members.member.erased", at__gte=moment).values_list("target_id", flat=True)
    return dict(Member.objects.filter(pk__in=[int(pk) for pk in events]).values_list("pk", "joined_at"))


def erase_again(erased: Erased | None, _made_at: str) -> None:
    for member in Member.objects.filter(pk__in=erased or {}):
        if erased and member.joined_at == erased[member.pk]:
            erase_member(member, by=SYSTEM)
    UserSession.objects.all().delete()
    Session.objects.all().delete()


def register() -> None:
    register_keeper("members", Keeper(before=erased_since, after=erase_again))
