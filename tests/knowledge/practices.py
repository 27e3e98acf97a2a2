"""Write-ups as tests need them, made through the same operations as in life."""

from datetime import timedelta
from typing import Any

from community.core.actors import SYSTEM
from community.core.clock import now
from community.knowledge.models import WriteUpPage
from community.knowledge.operations.lineage import Frame
from community.knowledge.operations.writeups import draft_of, publish_version, send_for_review, start_write_up
from community.knowledge.practice.filling import put
from community.members.models import Specialty

TITLE = "Three-month refills for stable hypertension"
MEASURE = {
    "name": "Seen again within 90 days",
    "unit": "percent",
    "before": "41",
    "after": "63",
    "n_before": 210,
    "n_after": 230,
    "better": "higher",
    "design": "before_after",
}
SECTIONS: dict[str, dict[str, Any]] = {
    "short": {
        "result": "More people were seen again within 90 days.",
        "problem": "People with hypertension stop coming when refills run out.",
        "summary": "Refills for three months, given by nurses, kept people in care.",
    },
    "setting": {"facility_level": "primary", "locality": "rural", "income_level": "lower_middle"},
    "done": {
        "timeline": [{"when": "Month 1", "what": "Agreed on a list of stable patients"}],
        "core": [{"element": "Refills for three months"}],
    },
    "results": {"measures": [MEASURE], "not_worked": "Telephone reminders reached few people."},
    "integrity": {"ethics": {"kind": "improvement", "text": ""}, "conflicts": {"none": True, "text": ""}},
}


def draft(author: Any, *, kind: str = "practice", title: str = TITLE, **setting: Any) -> WriteUpPage:
    """A complete draft, written in one go: the steps of the form have tests of their own."""
    page = start_write_up(by=author, kind=kind, title=title)
    first = Specialty.objects.order_by("slug").values_list("slug", flat=True)[:1]
    where = {"specialties": list(first), "country": author.country.code if author.country else ""}
    values = {name: value for section in SECTIONS.values() for name, value in section.items()}
    words = draft_of(page)
    put(words, values | where | setting)
    words.save_revision(user=author, clean=False, log_action=False)
    return WriteUpPage.objects.get(pk=page.pk)


def sent(author: Any, **changes: Any) -> WriteUpPage:
    """A draft that waits for reviewers."""
    page = send_for_review(draft(author, **changes), by=author)
    return WriteUpPage.objects.get(pk=page.pk)


def published(author: Any, **changes: Any) -> WriteUpPage:
    """A write-up in its first version, published without waiting for reviewers."""
    page = draft(author, **changes)
    publish_version(page, by=SYSTEM)
    return WriteUpPage.objects.get(pk=page.pk)


def frame(**changes: Any) -> Frame:
    """An adaptation that kept the core, in use for a little more than a year."""
    values: dict[str, Any] = {
        "title": "Two-month refills at our health centre",
        "started_on": now().date() - timedelta(days=400),
        "moment": "before",
        "planning": "planned",
        "delivery_level": "facility",
        "fidelity": "kept",
        "decided_by": ["team"],
        "modified": ["content"],
        "nature": ["shortening"],
        "goals": ["feasibility"],
        "reasons": ["organisation"],
        "what_changed": "Stock allows two months, not three.",
    }
    return Frame(**values | changes)
