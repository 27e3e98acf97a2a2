"""What the parts of a write-up are called. An attempt that did not work speaks of itself in words of its own."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.knowledge.practice.blocks import PARTS
from community.knowledge.practice.facets import Kind

Label = str | Promise

FIELDS: Mapping[str, Label] = {
    "title": _("Title"),
    "kind": _("Kind"),
    "result": _("Result in one line"),
    "problem": _("The problem"),
    "country": _("Country"),
    "place": _("Place"),
    "income_level": _("Income level"),
    "locality": _("Town or country"),
    "facility_level": _("Facility"),
    "staff_mix": _("Staff"),
    "population_band": _("People served"),
    "specialties": _("Specialties"),
    "tags": _("Tags"),
    "language": _("Language"),
    "started_on": _("Started"),
    "ended_on": _("Ended"),
    "audience": _("Who may read this"),
}
PART_LABELS: Mapping[str, Label] = {
    "summary": _("The five-minute summary"),
    "plain": _("In plain language"),
    "baseline": _("Where we started"),
    "timeline": _("What was done"),
    "checklist": _("Steps"),
    "core": _("Core elements: keep these"),
    "adaptable": _("Adaptable elements: fit these to your setting"),
    "team": _("Team and roles"),
    "resources": _("What it took"),
    "measures": _("What was measured"),
    "unintended": _("Unintended effects"),
    "not_worked": _("What did not work"),
    "equity": _("Who gained, and who was missed"),
    "cost": _("Cost"),
    "ethics": _("Ethics or quality improvement"),
    "sustaining": _("Keeping it going"),
    "getting_started": _("How to begin"),
    "sources": _("Sources"),
    "conflicts": _("Conflicts of interest"),
    "figure": _("Figure"),
    "handout": _("Hand-out"),
    "more": _("More"),
}
OF_KIND: Mapping[str, Mapping[str, Label]] = {
    Kind.ATTEMPT.value: {
        "result": _("What came of it, in one line"),
        "summary": _("What we tried and why it failed, in five minutes"),
        "timeline": _("What we tried"),
        "core": _("What we think it stood or fell with"),
        "adaptable": _("What we would do differently"),
        "not_worked": _("Why it did not work"),
        "sustaining": _("What became of it"),
        "getting_started": _("If you try it all the same"),
        "unintended": _("What else happened"),
    },
    Kind.SOP.value: {
        "result": _("Purpose in one line"),
        "problem": _("When it applies, and to whom"),
        "summary": _("In short"),
        "team": _("Who does it"),
        "resources": _("What must be at hand"),
        "not_worked": _("Known pitfalls"),
        "measures": _("How we check that it is done"),
    },
}
#: In which order parts are read; an attempt says early why it failed, a procedure starts with its steps.
EARLY: Mapping[str, tuple[str, ...]] = {
    Kind.ATTEMPT.value: ("summary", "not_worked", "plain"),
    Kind.SOP.value: ("summary", "checklist"),
}


def label_of(name: str, kind: str = Kind.PRACTICE) -> Label:
    """What a field or part is called in a write-up of this kind."""
    name = name.removesuffix("_when")
    own = OF_KIND.get(kind, {})
    return own.get(name) or PART_LABELS.get(name) or FIELDS.get(name, name)


def order_of(kind: str) -> tuple[str, ...]:
    """The parts in the order in which a write-up of this kind is read."""
    early = EARLY.get(kind, ())
    return (*early, *(name for name in PARTS if name not in early))
