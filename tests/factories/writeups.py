"""Write-ups in every stage, made through the same operations as in life where the stage matters."""

from typing import Any

from community.core.actors import SYSTEM
from community.knowledge.models import WriteUpPage
from community.knowledge.operations import writeups
from community.members.models import Country, Specialty

MEASURE = {
    "name": "Visits kept",
    "unit": "percent",
    "before": "54",
    "after": "71",
    "n_before": 210,
    "n_after": 205,
    "better": "higher",
    "period": "2025-01",
    "design": "before_after",
    "note": "",
}
SECTIONS: dict[str, dict[str, Any]] = {
    "short": {
        "result": "Visits kept rose by a third.",
        "problem": "Half of people on treatment missed a visit in the quarter.",
        "summary": "**What we did.** One call, then a visit.\n\n- keep the list",
    },
    "setting": {"facility_level": "primary", "locality": "rural", "audience": "public", "tags": ["refills"]},
    "done": {
        "timeline": [{"when": "2025-01", "what": "Calls began", "detail": ""}],
        "core": [{"element": "One list for the whole team", "why": ""}],
    },
    "results": {"measures": [MEASURE], "not_worked": "Letters came back."},
    "integrity": {"ethics": {"kind": "improvement", "text": ""}, "conflicts": {"none": True, "text": ""}},
}


def make_draft(by: Any, *, title: str = "Calls before visits", kind: str = "practice", **fields: Any) -> WriteUpPage:
    """A complete draft; `fields` change what stands in its setting."""
    page = writeups.start_write_up(by=by, kind=kind, title=title)
    country = Country.objects.order_by("pk").first()
    specialty = Specialty.objects.order_by("pk").first()
    setting = {"country": country.code if country else "", "specialties": [specialty.slug] if specialty else []}
    for section, values in SECTIONS.items():
        more = {**setting, **fields} if section == "setting" else {}
        writeups.save_section(page, by=by, section=section, values={**values, **more})
    return WriteUpPage.objects.get(pk=page.pk)  # type: ignore[no-any-return]


def make_write_up(by: Any, **facts: Any) -> WriteUpPage:
    """A published write-up."""
    page = make_draft(by, **facts)
    writeups.publish_version(page, by=SYSTEM)
    return WriteUpPage.objects.get(pk=page.pk)  # type: ignore[no-any-return]
