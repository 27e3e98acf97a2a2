"""How allauth makes members, sends their mail and keeps their second factors."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from community.core.vault import open_text, seal_text
from community.members.models import Member
from community.members.operations.joining import join

# The mails that answer a sign-up: in the demo, the browser that signed up may read them in the outbox. A reset mail is
# not among them, for it would give any visitor any account.
SIGNUP_MAILS = ("account/email/email_confirmation", "account/email/account_already_exists")
OUTBOX_HEADER = "X-Collegium-Outbox"
SENT = "account/messages/email_confirmation_sent.txt"
UNSENT = "collegium.mail_unsent"

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Makes the member through an operation; marks sign-up mails in the demo; bears a mail server that is away."""

    def save_user(self, request: HttpRequest, user: Member, form: Any, commit: bool = True) -> Member:
        member: Member = super().save_user(request, user, form, commit=False)
        if commit:
            join(member, by=member, language=chosen_language(request), **form.profile())
        return member

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile-edit")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send at once, since somebody waits for the code in it; where that fails, say so and what to do."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # Of sockets, and of SMTP, whose errors are of this kind too.
            log.error("members.mail.unsent", extra={"mail": template_prefix, "error": type(error).__name__})
            self.request.META[UNSENT] = True
            messages.error(
                self.request, _("The mail could not be sent just now. Please ask for it again in a few minutes.")
            )

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Do not say that a mail was sent that was not."""
        if not (message_template == SENT and UNSENT in request.META):
            super().add_message(request, level, message_template, *args, **kwargs)

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        message: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        if settings.COLLEGIUM_DEMO and template_prefix.startswith(SIGNUP_MAILS):
            message.extra_headers[OUTBOX_HEADER] = outbox_key(self.request)
        return message


def chosen_language(request: HttpRequest) -> str:
    """The language somebody signs up in; "" where it is the site's own, which needs no choosing."""
    language = getattr(request, "LANGUAGE_CODE", "")
    return language if language != settings.LANGUAGE_CODE or settings.LANGUAGE_COOKIE_NAME in request.COOKIES else ""


def outbox_key(request: HttpRequest) -> str:
    """What binds a demo mail to the browser session that caused it."""
    return str(request.session.setdefault("outbox", get_random_string(32)))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps TOTP secrets and recovery seeds encrypted: allauth's own adapter stores them as they are."""

    def encrypt(self, text: str) -> str:
        return seal_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        return open_text(encrypted_text)
