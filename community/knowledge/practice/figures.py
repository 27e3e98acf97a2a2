"""Numbers of a measures table: how they are written, which are too small to be told, and how bars are drawn. Pure.

A count from 1 to 4 can point to one person, so it is refused wherever it stands: as a count, as the number of people
or observations, and as what a percentage of that number comes to. "<5" says the same without telling.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

SMALLEST_CELL = 5
FEW = "<5"
NUMBER = re.compile(r"-?\d{1,9}([.,]\d{1,4})?\Z")
COUNT, PERCENT = "count", "percent"


def is_figure(text: str) -> bool:
    """Whether the text is a number ("62", "4.5") or "<5"."""
    return text.strip() == FEW or bool(NUMBER.match(text.strip()))


def number_of(text: str) -> Decimal | None:
    """The number a figure stands for; None for "<5", for nothing and for anything else."""
    text = (text or "").strip()
    return Decimal(text.replace(",", ".")) if NUMBER.match(text) else None


def small_cells(row: Mapping[str, Any]) -> dict[str, str]:
    """Field → reason, for each figure of one measure that is too small to be told.

    `row` has `before` and `after` (figures as text), `n_before` and `n_after` (whole numbers or None) and `unit`.
    """
    reasons: dict[str, str] = {}
    for arm in ("before", "after"):
        size = row.get(f"n_{arm}")
        if size is not None and size < SMALLEST_CELL:
            reasons[f"n_{arm}"] = _too_few()
            continue
        value = number_of(row.get(arm) or "")
        if value is not None and _is_small(value, size, str(row.get("unit") or "")):
            reasons[arm] = _too_small()
    return reasons


def _is_small(value: Decimal, size: int | None, unit: str) -> bool:
    if unit == COUNT:
        return 0 < value < SMALLEST_CELL
    if unit == PERCENT and size:
        people = value * size / 100
        return Decimal("0.5") <= people and round(people) < SMALLEST_CELL
    return False


def _too_few() -> str:
    return _(
        "Fewer than 5 people or observations can point to one person. Take a longer period or a larger group, "
        "or leave the number out."
    )


def _too_small() -> str:
    return _(
        "This comes to a count of 1 to 4, which can point to one person. Write “<5”, or take a longer period "
        "or a larger group."
    )


@dataclass(frozen=True)
class Bar:
    """One bar of a chart in units of its view box: `width` of WIDTH, at `y` from the top."""

    arm: str
    label: str
    figure: str
    y: int
    width: int
    #: Where the figure stands: behind the bar.
    text_x: int


WIDTH, LEFT, BAR, GAP = 320, 0, 22, 8
FIGURE_ROOM = 104


def bars_of(row: Mapping[str, Any]) -> list[Bar]:
    """The bars of one measure, before above after; none where there is no number to draw.

    Percentages are drawn against 100, everything else against the larger of the two.
    """
    arms = [("before", _("Before")), ("after", _("After"))]
    values = {arm: number_of(row.get(arm) or "") for arm, _label in arms}
    drawn = [abs(value) for value in values.values() if value is not None]
    if not drawn:
        return []
    longest = max([*drawn, Decimal(100)] if row.get("unit") == PERCENT else drawn) or Decimal(1)
    return [
        _bar(arm, label, row, at, values[arm], longest) for at, (arm, label) in enumerate(arms) if (row.get(arm) or "")
    ]


def _bar(arm: str, label: str, row: Mapping[str, Any], at: int, value: Decimal | None, longest: Decimal) -> Bar:
    width = round(abs(value) / longest * (WIDTH - FIGURE_ROOM)) if value is not None else 0
    figure = f"{(row.get(arm) or '').strip()}{' %' if row.get('unit') == PERCENT else ''}"
    return Bar(arm, label, figure, at * (BAR + GAP), max(width, 2), LEFT + max(width, 2) + 8)


def change_of(row: Mapping[str, Any]) -> str:
    """ "better", "worse" or "same" between before and after; empty where it cannot be said."""
    before, after = (number_of(row.get(arm) or "") for arm in ("before", "after"))
    if before is None or after is None or row.get("better") not in {"higher", "lower"}:
        return ""
    if abs(after - before) < _least_change(before, str(row.get("unit") or "")):
        return "same"
    return "better" if (after > before) == (row["better"] == "higher") else "worse"


def _least_change(before: Decimal, unit: str) -> Decimal:
    """Less than two points of a hundred, or less than a twentieth, is about the same; of what is rare, such as severe
    bleeding in 3 of a hundred, less than a fifth of it."""
    if unit == PERCENT:
        return max(min(Decimal(2), abs(before) / 5), Decimal("0.1"))
    return max(abs(before) / 20, Decimal("0.0001"))


def all_small_cells(rows: Iterable[Mapping[str, Any]]) -> dict[int, dict[str, str]]:
    """Place of the row → its reasons, for rows that have any."""
    found = {place: small_cells(row) for place, row in enumerate(rows)}
    return {place: reasons for place, reasons in found.items() if reasons}
