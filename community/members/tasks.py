"""What the clock does for members: yearly reminders and erasures whose day has come."""

from django.utils.timezone import localdate

from community.core.actors import SYSTEM
from community.core.tasks import every
from community.members.operations import erase_member, remind_of_conflicts
from community.members.queries import members_leaving, statements_due


@every("1 day")
def remind_of_old_statements() -> None:
    for member in statements_due(localdate()):
        remind_of_conflicts(member, by=SYSTEM)


@every("1 day")
def erase_those_who_left() -> None:
    for member in members_leaving(localdate()):
        erase_member(member, by=SYSTEM)
