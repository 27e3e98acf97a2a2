"""Myth checks, rumours and bulletins of the world: one of each that its people see, and one that is hidden."""

from typing import TYPE_CHECKING

from community.knowledge.models import Duty
from community.knowledge.operations.bulletins import draft_bulletin
from community.knowledge.operations.myths import draft_myth, report_rumour, set_rumour_aside
from community.members.models import Member, Specialty
from tests.factories.knowledge import MYTH, bulletin_values, make_bulletin, make_myth

if TYPE_CHECKING:
    from tests.access.world import World


def put_checks(world: "World", author: Member, other: Member) -> None:
    """Nobody among the personas is on duty; `author` and `other` are."""
    Duty.objects.bulk_create([Duty(member=author), Duty(member=other)])
    Duty.objects.filter(member=other).first().save()  # type: ignore[union-attr]
    said = ("Garlic tea cures malaria", "Magnets lower blood pressure")
    heard, aside = (report_rumour(by=author, text=text, channel="news") for text in said)
    set_rumour_aside(aside, by=author)
    world.put("rumour-act", {"public_id": heard.public_id}, {"public_id": aside.public_id})
    world.put("rumour-sort", {"public_id": heard.public_id})
    shown, draft = make_myth(author), draft_myth(by=author, values={**MYTH, "title": "A draft"})
    world.put("myth-edit myth-review myth-publish", {"slug": draft.slug})
    public, drill = make_bulletin(author, other), make_bulletin(author, other, title="Exercise", is_drill=True)
    waiting = draft_bulletin(by=author, values=bulletin_values(title="Waiting"))
    world.put("bulletin-edit bulletin-release", {"slug": waiting.slug})
    world.put("bulletin-confirm bulletin-state", {"slug": public.slug}, {"slug": drill.slug})
    world.put("bulletin-version", {"slug": public.slug, "number": 1}, {"slug": drill.slug, "number": 1})
    world.put("page-picture page-embed", {"place": shown.url.strip("/")}, {"place": drill.url.strip("/")})
    world.put("region-detail", {"slug": "africa"})
    world.put("specialty-detail", {"slug": Specialty.objects.values_list("slug", flat=True)[0]})
    world.put("page-feed", {"shelf": "myths"})
