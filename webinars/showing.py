"""Slides as pages show them: signed addresses of their pictures, and words for those who do not see them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from webinars.media.signing import RECORDING_FOR, token_for
from webinars.models import Deck, Webinar

ALT = 180


def signer_of(deck: str) -> str:
    """What the tokens of a deck's pictures are signed for."""
    return f"deck:{deck}"


def slide_pages(deck: Deck) -> list[dict[str, Any]]:
    """The pages of a deck in order; addresses hold for some hours."""
    token = token_for(signer_of(deck.public_id), RECORDING_FOR)

    def address(page: int, size: str) -> str:
        return reverse("slide-picture", args=[token, deck.public_id, page, size])

    return [
        {
            "n": slide.number,
            "page": slide.page,
            "src": address(slide.page, "large"),
            "small": address(slide.page, "small"),
            "width": slide.width,
            "height": slide.height,
            "small_width": slide.small_width,
            "alt": alt_of(slide.number, slide.text),
            "text": slide.text,
        }
        for slide in deck.slides.all()
    ]


def alt_of(number: int, text: str) -> str:
    """What stands for the picture: the number and the first words of the page."""
    words = " ".join(text.split())
    start = words if len(words) <= ALT else f"{words[:ALT].rsplit(' ', 1)[0]} …"
    return _("Slide %(n)d: %(text)s") % {"n": number, "text": start} if start else _("Slide %(n)d") % {"n": number}


def deck_of(webinar: Webinar, public_id: str) -> Deck | None:
    """A deck of this webinar; who may see it is asked by the page."""
    return Deck.objects.filter(webinar=webinar, public_id=public_id).first()
