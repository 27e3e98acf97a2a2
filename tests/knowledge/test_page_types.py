"""Every kind of page: where it stands, what stands below it, that it opens; and every block of editors is drawn."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Page, get_page_models
from wagtail.test.utils import WagtailPageTestCase

from community.knowledge import models
from community.knowledge.blocks import HomeStream, ProseStream
from tests.knowledge.test_media import photo

#: Kind → the kinds above it and those below it, as Wagtail lets them be made.
PLACES: dict[type[Page], tuple[set[type[Page]], set[type[Page]]]] = {
    models.HomePage: (
        {Page},
        {models.IndexPage, models.WriteUpIndexPage, models.MythIndexPage, models.BulletinIndexPage},
    ),
    models.IndexPage: ({models.HomePage}, {models.GuidelinePage, models.HelpPage}),
    models.GuidelinePage: ({models.IndexPage}, set()),
    models.HelpPage: ({models.IndexPage}, set()),
    models.WriteUpIndexPage: ({models.HomePage}, {models.WriteUpPage}),
    models.WriteUpPage: ({models.WriteUpIndexPage}, set()),
    models.MythIndexPage: ({models.HomePage}, {models.MythPage}),
    models.MythPage: ({models.MythIndexPage}, set()),
    models.BulletinIndexPage: ({models.HomePage}, {models.BulletinPage}),
    models.BulletinPage: ({models.BulletinIndexPage}, set()),
}
WORDS = "Words of an editor"
STEPS = [{"title": WORDS, "text": "First"}, {"title": "Then", "text": "Second"}]
EXAMPLE = {"verdict": "allowed", "text": WORDS, "why": "It points to nobody."}
VALUES: dict[str, Any] = {
    "text": f"<p>{WORDS}</p>",
    "example": EXAMPLE,
    "note": {"kind": "warning", "title": WORDS, "text": "<p>Look here.</p>"},
    "question": {"question": WORDS, "answer": "<p>Yes.</p>"},
    "steps": {"heading": WORDS, "steps": STEPS},
    "values": {"heading": WORDS, "intro": "", "entries": STEPS},
    "example_pair": {"heading": WORDS, "intro": "", "examples": [EXAMPLE, EXAMPLE]},
}


class TestWhereKindsOfPagesStand(WagtailPageTestCase):
    def test_every_kind_has_its_place(self) -> None:
        ours = {kind for kind in get_page_models() if kind._meta.app_label == "knowledge" and kind.is_creatable}

        self.assertEqual(ours, set(PLACES))
        for kind, (above, below) in PLACES.items():
            self.assertAllowedParentPageTypes(kind, above)
            self.assertEqual({each for each in kind.allowed_subpage_models() if each.is_creatable}, below)
            for other in set(PLACES) - above:
                self.assertCanNotCreateAt(other, kind)

    def test_what_stands_there_from_the_first_day_opens(self) -> None:
        stands = list(models.AudiencedPage.objects.live().public().specific())

        self.assertEqual({type(page) for page in stands}, set(PLACES) - {kind for kind in PLACES if not _stands(kind)})
        for kind in {type(page) for page in stands}:
            page = next(page for page in stands if type(page) is kind)
            self.assertPageIsRoutable(page)
            self.assertPageIsRenderable(page)


def _stands(kind: type[Page]) -> bool:
    return kind.objects.exists()  # type: ignore[attr-defined,no-any-return]


@pytest.mark.django_db
def test_every_block_of_editors_is_drawn_with_its_words() -> None:
    picture = models.Picture(title="Board", description="A board", file=SimpleUploadedFile("a.jpg", photo()))
    picture.save()
    figure = {"image": {"image": picture.pk, "alt_text": "A board", "decorative": False}, "caption": WORDS}
    values = {**VALUES, "figure": figure}
    drawn = {}
    for stream in (ProseStream(), HomeStream()):
        for name, block in stream.child_blocks.items():
            if name != "showcase":  # Other packages fill it; the home page's own tests show it.
                drawn[name] = block.render(block.to_python(values[name]))

    assert {name for name, html in drawn.items() if WORDS not in html} == set()
    assert drawn.keys() == values.keys()
    assert 'alt="A board"' in drawn["figure"]
