"""The parts of a write-up below its setting, each with its own template in templates/knowledge/blocks/practice/.

Text is Markdown, as everywhere on the site where members write. The order of the stream is the order of reading.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from community.knowledge.practice.figures import FEW, is_figure, small_cells

TEMPLATES = "knowledge/blocks/practice/"

UNITS = [
    ("percent", _("Percent")),
    ("count", _("Count")),
    ("rate", _("Rate")),
    ("time", _("Time")),
    ("score", _("Score or scale")),
    ("money", _("Money")),
    ("other", _("Other")),
]
DESIGNS = [
    ("described", _("Described, not measured")),
    ("before_after", _("Before and after")),
    ("time_series", _("Time series or run chart")),
    ("controlled", _("With a comparison group")),
    ("randomised", _("Randomised")),
    ("survey", _("Survey or interviews")),
]
MONEY = [
    ("none", _("No extra money")),
    ("under_100", _("Under 100 US dollars")),
    ("under_1k", _("100 to 999 US dollars")),
    ("under_10k", _("1,000 to 9,999 US dollars")),
    ("under_100k", _("10,000 to 99,999 US dollars")),
    ("over_100k", _("100,000 US dollars or more")),
]
TIME = [
    ("none", _("No extra time")),
    ("hours", _("Some hours in all")),
    ("weekly", _("Some hours each week")),
    ("part", _("Part of a post")),
    ("post", _("One post")),
    ("posts", _("Several posts")),
]
ETHICS = [
    ("approved", _("Approved by an ethics committee")),
    ("exempt", _("Exempt, as a committee has said")),
    ("improvement", _("Quality improvement: no approval needed here")),
    ("none", _("Not asked for")),
]


class WordsBlock(blocks.TextBlock):  # type: ignore[misc]
    """A section of Markdown under a heading of its own."""

    class Meta:
        template = f"{TEMPLATES}words.html"
        icon = "pilcrow"


class TimelineEntry(blocks.StructBlock):
    when = blocks.CharBlock(label=_("when"), max_length=60, help_text=_("A month, a week of the project, a phase."))
    what = blocks.CharBlock(label=_("what was done"), max_length=160)
    detail = blocks.TextBlock(label=_("more"), required=False, rows=3)


class ElementEntry(blocks.StructBlock):
    element = blocks.CharBlock(label=_("element"), max_length=200)
    why = blocks.TextBlock(label=_("why, or how"), required=False, rows=2)


class RoleEntry(blocks.StructBlock):
    role = blocks.CharBlock(label=_("role"), max_length=120)
    people = blocks.CharBlock(label=_("how many"), max_length=40, required=False)
    part = blocks.TextBlock(label=_("what they did"), required=False, rows=2)


class ResourcesBlock(blocks.StructBlock):
    """What it took, in bands rather than in sums."""

    money = blocks.ChoiceBlock(MONEY, label=_("money to start"), required=False)
    time = blocks.ChoiceBlock(TIME, label=_("staff time"), required=False)
    equipment = blocks.TextBlock(label=_("equipment"), required=False, rows=2)
    it = blocks.TextBlock(label=_("computers and data"), required=False, rows=2)
    training = blocks.TextBlock(label=_("training"), required=False, rows=2)

    class Meta:
        template = f"{TEMPLATES}resources.html"
        icon = "folder-open-inverse"
        label = _("Resources")


class FigureCharBlock(blocks.CharBlock):  # type: ignore[misc]
    """A number as it is printed, or "<5"."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if text and not is_figure(text):
            raise ValidationError(_("Write a number, or %(few)s for a count from 1 to 4.") % {"few": FEW})
        return text


class MeasureEntry(blocks.StructBlock):
    """One measure. Cells under 5 are refused, with the reason."""

    name = blocks.CharBlock(label=_("measure"), max_length=160)
    unit = blocks.ChoiceBlock(UNITS, default="percent", label=_("unit"))
    before = FigureCharBlock(label=_("before"), required=False, max_length=16)
    after = FigureCharBlock(label=_("after"), required=False, max_length=16)
    n_before = blocks.IntegerBlock(label=_("n before"), required=False, min_value=0)
    n_after = blocks.IntegerBlock(label=_("n after"), required=False, min_value=0)
    better = blocks.ChoiceBlock(
        [("higher", _("Higher is better")), ("lower", _("Lower is better"))], required=False, label=_("direction")
    )
    period = blocks.CharBlock(label=_("period"), max_length=80, required=False)
    design = blocks.ChoiceBlock(DESIGNS, default="before_after", label=_("design"))
    note = blocks.CharBlock(label=_("note"), max_length=300, required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        reasons = small_cells(cleaned)
        if reasons:
            raise StructBlockValidationError(
                {name: ValidationError(reason, code="small_cell") for name, reason in reasons.items()}
            )
        return cleaned


class EthicsBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(ETHICS, label=_("statement"))
    text = blocks.TextBlock(label=_("more"), required=False, rows=2)

    class Meta:
        template = f"{TEMPLATES}ethics.html"
        icon = "clipboard-list"
        label = _("Ethics or quality-improvement statement")


class StepEntry(blocks.StructBlock):
    title = blocks.CharBlock(label=_("step"), max_length=200)
    text = blocks.TextBlock(label=_("more"), required=False, rows=2)


class CheckEntry(blocks.StructBlock):
    """A step of a procedure, to be ticked on paper."""

    step = blocks.CharBlock(label=_("step"), max_length=240)
    who = blocks.CharBlock(label=_("who"), max_length=80, required=False)
    note = blocks.CharBlock(label=_("note"), max_length=240, required=False)
    critical = blocks.BooleanBlock(label=_("must not be left out"), required=False)


class SourceEntry(blocks.StructBlock):
    citation = blocks.TextBlock(label=_("source"), rows=2)
    url = blocks.URLBlock(label=_("address"), required=False)
    doi = blocks.RegexBlock(
        regex=r"^10\.\d{4,9}/\S+$", label="DOI", required=False, error_messages={"invalid": _("A DOI starts with 10.")}
    )


class ConflictsBlock(blocks.StructBlock):
    none = blocks.BooleanBlock(label=_("no author has a conflict of interest"), required=False)
    text = blocks.TextBlock(label=_("conflicts of interest"), required=False, rows=2)

    class Meta:
        template = f"{TEMPLATES}conflicts.html"
        icon = "warning"
        label = _("Conflict of interest")


class PictureBlock(blocks.StructBlock):
    """An image that cannot stand there without a description."""

    image = ImageBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=300)

    class Meta:
        template = f"{TEMPLATES}picture.html"
        icon = "image"
        label = _("Figure")


class HandoutBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("PDF"))
    about = blocks.CharBlock(label=_("what it is for"), required=False, max_length=200)

    class Meta:
        template = f"{TEMPLATES}handout.html"
        icon = "doc-full-inverse"
        label = _("Hand-out")


class MoreBlock(blocks.StructBlock):
    """A section that none of the others is for."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120)
    text = blocks.TextBlock(label=_("text"), rows=5)

    class Meta:
        template = f"{TEMPLATES}more.html"
        icon = "plus"
        label = _("More")


def _list(entry: blocks.Block, template: str, label: Any, icon: str) -> blocks.ListBlock:
    return blocks.ListBlock(entry, label=label, icon=icon, template=f"{TEMPLATES}{template}.html", collapsed=True)


class PracticeStream(blocks.StreamBlock):
    """The body of a write-up."""

    summary = WordsBlock(label=_("Five-minute summary"), rows=8)
    plain = WordsBlock(label=_("In plain language"), rows=5)
    baseline = WordsBlock(label=_("Baseline"), rows=5)
    timeline = _list(TimelineEntry(), "timeline", _("What was done"), "calendar")
    checklist = _list(CheckEntry(), "checklist", _("Steps"), "list-ol")
    core = _list(ElementEntry(), "elements", _("Core elements"), "lock")
    adaptable = _list(ElementEntry(), "elements", _("Adaptable elements"), "lock-open")
    team = _list(RoleEntry(), "team", _("Team and roles"), "group")
    resources = ResourcesBlock()
    measures = _list(MeasureEntry(), "measures", _("Measures"), "table")
    unintended = WordsBlock(label=_("Unintended effects"))
    not_worked = WordsBlock(label=_("What did not work"))
    equity = WordsBlock(label=_("Equity"))
    cost = WordsBlock(label=_("Cost"))
    ethics = EthicsBlock()
    sustaining = WordsBlock(label=_("Sustaining it"))
    getting_started = _list(StepEntry(), "steps", _("Getting started"), "play")
    sources = _list(SourceEntry(), "sources", _("Sources"), "link")
    conflicts = ConflictsBlock()
    figure = PictureBlock()
    handout = HandoutBlock()
    more = MoreBlock()


#: May stand more than once; every other part at most once.
REPEATED = frozenset({"figure", "handout", "more"})
PARTS: tuple[str, ...] = tuple(PracticeStream.base_blocks)
AT_MOST_ONCE = {name: {"max_num": 1} for name in PARTS if name not in REPEATED}
