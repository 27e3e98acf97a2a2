"""What must be there before a write-up can be reviewed: the least that a colleague elsewhere needs."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from community.knowledge.practice.facets import Kind
from community.knowledge.practice.sections import part_of, sections_for, values_of

Needs = dict[str, Callable[[], str]]

ALWAYS: Needs = {
    "result": lambda: _("Say in one line what came of it."),
    "problem": lambda: _("Describe the problem and whom it affects."),
    "country": lambda: _("Choose the country: it decides who finds this."),
    "facility_level": lambda: _("Choose the kind of facility."),
    "specialties": lambda: _("Choose at least one specialty: a reviewer comes from it."),
    "summary": lambda: _("Write the five-minute summary."),
    "conflicts": lambda: _("Declare conflicts of interest, also that there are none."),
}
OF_KIND: dict[str, Needs] = {
    Kind.PRACTICE.value: {
        "timeline": lambda: _("List what was done."),
        "core": lambda: _("Name at least one core element, without which it is another practice."),
        "ethics": lambda: _("Say what a committee has said, or that it was quality improvement."),
    },
    Kind.ATTEMPT.value: {
        "timeline": lambda: _("List what was done."),
        "not_worked": lambda: _("Say what did not work, and what you think were the reasons."),
        "ethics": lambda: _("Say what a committee has said, or that it was quality improvement."),
    },
    Kind.SOP.value: {"checklist": lambda: _("Write the steps.")},
}


def missing(page: Any) -> dict[str, str]:
    """Field or part → what is asked for, for those that are empty."""
    needs = {**ALWAYS, **OF_KIND[page.kind]}
    present = {name: value for section in sections_for(page.kind) for name, value in values_of(page, section).items()}
    return {name: sentence() for name, sentence in needs.items() if not present.get(name)}


def progress(page: Any) -> dict[str, str]:
    """Section → "empty", "begun" or "done"; done means that nothing that is asked for is missing."""
    lacks = set(missing(page))
    found = {}
    for section in sections_for(page.kind):
        parts = [part_of(page, name) for name in section.parts]
        begun = any(parts) or any(value for value in _written(page, section))
        asked = lacks & {*section.fields, *section.parts}
        found[section.name] = ("done" if not asked else "begun") if begun else "empty"
    return found


def _written(page: Any, section: Any) -> list[Any]:
    """What the author put there; what starts with a value of its own does not count."""
    values = values_of(page, section)
    return [values[name] for name in section.fields if name not in {"title", "language", "audience"}]
