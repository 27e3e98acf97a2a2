"""What Wagtail's own log calls pages, people and duties: it keeps their names, which sometimes have to go from there.

That something was done, by whom and when, stays.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail.users.models import UserProfile

from community.core.models import Event
from community.knowledge.models import Duty
from community.members.models import Member

HIDDEN = "knowledge.page.hidden"


def register() -> None:
    """Watch the log, and who is deleted in the admin."""
    post_save.connect(note_whose, sender=ModelLogEntry)
    post_save.connect(forget_former_title, sender=PageLogEntry)
    post_delete.connect(forget_deleted, sender=Member)


def number_of(target: Model) -> str:
    """What the log calls something whose name has to go, such as "#12"."""
    return f"#{target.pk}"


def call_page(page: Page, title: str) -> None:
    """Call a page so at every step; both its names, where it was renamed, go."""
    entries = list(PageLogEntry.objects.filter(page=page.pk))
    for entry in entries:
        entry.label, entry.data = title, _without_titles(entry.data)
    PageLogEntry.objects.bulk_update(entries, ["label", "data"])


def call(target: Model, name: str) -> None:
    """Call anything but a page so at every step."""
    ModelLogEntry.objects.for_instance(target).update(label=name, data={})


def forget_member(member: Member) -> None:
    """An erased member: the name at every step, also beside duties that are no longer on the roster; the picture."""
    call(member, str(member))
    ModelLogEntry.objects.get_for_model(Duty).filter(data__member=member.pk).update(label=str(member))
    profile = UserProfile.objects.filter(user=member).first()
    if profile is not None:
        profile.avatar.delete(save=False)
        profile.delete()


def note_whose(instance: ModelLogEntry, created: bool, **_others: Any) -> None:
    """Whose duty it was, as a number: by it the name is found when it has to go, also after the duty was deleted."""
    if created and instance.content_type.model_class() is Duty:
        owner = Duty.objects.filter(pk=instance.object_id).values_list("member", flat=True).first()
        ModelLogEntry.objects.filter(pk=instance.pk).update(data={**instance.data, "member": owner})


def forget_former_title(instance: PageLogEntry, created: bool, **_others: Any) -> None:
    """What a page was called before a moderator hid it is not told again when it is shown under another title."""
    if created and "title" in instance.data and _was_hidden(instance.page_id):
        PageLogEntry.objects.filter(pk=instance.pk).update(data=_without_titles(instance.data))


def forget_deleted(instance: Member, **_others: Any) -> None:
    """A member whom an administrator deletes in the admin."""
    call(instance, _("Former member"))


def _was_hidden(page: int) -> bool:
    return Event.objects.filter(verb=HIDDEN, target_id=str(page)).exists()


def _without_titles(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _without_titles(value) for name, value in data.items() if name != "title"}
    return data
