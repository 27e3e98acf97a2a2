"""The invitation of a guest who speaks: its secret is made when the mail is sent and kept as a digest only."""

import hashlib
import secrets

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.languages import speaking
from community.core.tasks import job
from community.notifications.links import absolute
from webinars.models import Speaker, WebinarState

OPEN = {WebinarState.DRAFT, WebinarState.SCHEDULED, WebinarState.LIVE}


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def speaker_invited_with(token: str) -> Speaker | None:
    """The guest who holds this link, as long as the webinar is not over."""
    found = Speaker.objects.filter(invitation=digest_of(token), webinar__state__in=OPEN)
    return found.select_related("webinar__organiser", "member").first()


@job(retries=8, queue="mail")
def send_invitation(pk: int) -> None:
    """Mail a new link; the one before stops working."""
    speaker = Speaker.objects.select_related("webinar__organiser").filter(pk=pk, member=None).first()
    if speaker is None or not speaker.email:
        return
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        Speaker.objects.filter(pk=pk).update(invitation=digest_of(token), invited_at=now())
        _mail(speaker, absolute(reverse("speaker-invitation", args=[token])))


def _mail(speaker: Speaker, link: str) -> None:
    """In the language of the webinar, which the guest is to speak; nothing else is known of them."""
    with speaking(speaker.webinar.language):
        _mail_now(speaker, link)


def _mail_now(speaker: Speaker, link: str) -> None:
    subject = _("%(name)s invites you to speak at a webinar") % {"name": speaker.webinar.organiser}
    context = {"subject": subject, "speaker": speaker, "webinar": speaker.webinar, "link": link}
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("webinars/emails/invitation.txt", context),
        to=[speaker.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.send()
