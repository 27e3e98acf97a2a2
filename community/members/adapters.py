"""How allauth makes members, sends their mail and keeps their second factors."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import get_random_string

from community.core.vault import open_text, seal_text
from community.members.models import Member
from community.members.operations.joining import join

# The mails that answer a sign-up: in the demo, the browser that signed up may read them in the outbox. A reset mail is
# not among them, for it would give any visitor any account.
SIGNUP_MAILS = ("account/email/email_confirmation", "account/email/account_already_exists")
OUTBOX_HEADER = "X-Collegium-Outbox"


class AccountAdapter(DefaultAccountAdapter):
    """Makes the member through an operation; marks sign-up mails in the demo."""

    def save_user(self, request: HttpRequest, user: Member, form: Any, commit: bool = True) -> Member:
        member: Member = super().save_user(request, user, form, commit=False)
        if commit:
            join(member, by=member, language=chosen_language(request), **form.profile())
        return member

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile-edit")

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
