"""The building blocks of editors' pages. What is shown stands in templates/knowledge/blocks/."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr", "blockquote"]
LINE_FEATURES = ["bold", "italic", "link"]


class ExampleBlock(blocks.StructBlock):
    """A post that is fine, or one that is not, and why. Always invented, never taken from the forums."""

    verdict = blocks.ChoiceBlock(
        [("allowed", _("May be posted")), ("refused", _("May not be posted"))], label=_("verdict")
    )
    text = blocks.TextBlock(label=_("the post"), rows=3)
    why = blocks.TextBlock(label=_("why"), rows=2, required=False)

    class Meta:
        label = _("Example")
        icon = "openquote"
        template = "knowledge/blocks/example.html"


class NoteBlock(blocks.StructBlock):
    """A paragraph that must not be overlooked."""

    kind = blocks.ChoiceBlock([("info", _("Note")), ("warning", _("Warning"))], default="info", label=_("kind"))
    title = blocks.CharBlock(label=_("title"), required=False)
    text = blocks.RichTextBlock(features=LINE_FEATURES, label=_("text"))

    class Meta:
        label = _("Note")
        icon = "info-circle"
        template = "knowledge/blocks/note.html"


class QuestionBlock(blocks.StructBlock):
    """A question and its answer, folded."""

    question = blocks.CharBlock(label=_("question"))
    answer = blocks.RichTextBlock(features=["bold", "italic", "ol", "ul", "link"], label=_("answer"))

    class Meta:
        label = _("Question and answer")
        icon = "help"
        template = "knowledge/blocks/question.html"


class FigureBlock(blocks.StructBlock):
    """An image with its own words for those who do not see it."""

    image = ImageBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), required=False)

    class Meta:
        label = _("Figure")
        icon = "image"
        template = "knowledge/blocks/figure.html"


class ProseStream(blocks.StreamBlock):
    """The body of guideline and help pages."""

    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"), template="knowledge/blocks/text.html")
    example = ExampleBlock()
    note = NoteBlock()
    question = QuestionBlock()
    figure = FigureBlock()


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    text = blocks.TextBlock(label=_("text"), rows=3)


class StepsBlock(blocks.StructBlock):
    """How it works, in numbered steps."""

    heading = blocks.CharBlock(label=_("heading"))
    steps = blocks.ListBlock(StepBlock(), label=_("steps"), min_num=2, max_num=5)

    class Meta:
        label = _("How it works")
        icon = "list-ol"
        template = "knowledge/blocks/steps.html"


class ValuesBlock(blocks.StructBlock):
    """What the community stands for."""

    heading = blocks.CharBlock(label=_("heading"))
    intro = blocks.TextBlock(label=_("introduction"), rows=2, required=False)
    entries = blocks.ListBlock(StepBlock(), label=_("values"), min_num=2, max_num=8)

    class Meta:
        label = _("Values")
        icon = "pick"
        template = "knowledge/blocks/values.html"


class ShowcaseBlock(blocks.StructBlock):
    """The place where the forums show their spaces and newest public threads."""

    heading = blocks.CharBlock(label=_("heading"))
    intro = blocks.TextBlock(label=_("introduction"), rows=2, required=False)

    class Meta:
        label = _("Live content")
        icon = "view"
        template = "knowledge/blocks/showcase.html"


class HomeStream(blocks.StreamBlock):
    """The visitors' home page below its opening."""

    steps = StepsBlock()
    showcase = ShowcaseBlock()
    values = ValuesBlock()
    example_pair = blocks.StructBlock(
        [
            ("heading", blocks.CharBlock(label=_("heading"))),
            ("intro", blocks.TextBlock(label=_("introduction"), rows=2, required=False)),
            ("examples", blocks.ListBlock(ExampleBlock(), min_num=2, max_num=4, label=_("examples"))),
        ],
        label=_("Examples"),
        icon="openquote",
        template="knowledge/blocks/examples.html",
    )


class AnyStream(HomeStream, ProseStream):
    """The body of a page in another language, whatever kind of page it is."""
