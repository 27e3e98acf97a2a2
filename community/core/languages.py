"""The languages the interface speaks: which there are, which one a reader has, and answers that are the same for all.

What a person chose stands on their account, or in a cookie where nobody is signed in; otherwise the browser says.
Addresses carry no language, so every page that is shown varies by it.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache, wraps
from typing import Any, NamedTuple, ParamSpec

from babel import Locale as Cldr
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

P = ParamSpec("P")


class Language(NamedTuple):
    """One language of the interface: `name` is its own name for itself."""

    code: str
    name: str
    dir: str


@cache
def offered() -> tuple[Language, ...]:
    """Every language of the interface, in the order of the settings."""
    return tuple(Language(code, name, direction_of(code)) for code, name in settings.LANGUAGES)


@cache
def direction_of(code: str) -> str:
    """ "rtl" or "ltr" for an ISO 639-1 code; "auto" for a language that Django knows nothing of."""
    try:
        return "rtl" if translation.get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        return "auto"


def asked_language(cookie: str, accepted: str) -> str:
    """What a connection without a request asks for: the chosen language, else the browser's, else the site's own.

    `cookie` is the value of the language cookie, `accepted` the Accept-Language header; both may be "".
    """
    for code in (cookie, *(code for code, _weight in parse_accept_lang_header(accepted[:200].lower()))):
        with suppress(LookupError):
            return str(translation.get_supported_language_variant(code))
    return settings.LANGUAGE_CODE


def is_offered(code: str) -> bool:
    return any(code == language.code for language in offered())


def language_of(member: Any) -> str:
    """The language to speak to a member in where there is no request, as in mail; `member` may be None."""
    chosen = getattr(member, "interface_language", "")
    return chosen if is_offered(chosen) else settings.LANGUAGE_CODE


@contextmanager
def speaking_to(member: Any) -> Iterator[None]:
    """Everything inside is said in the language of the one who will read it."""
    with translation.override(language_of(member)):
        yield


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Everything inside is said in this language, or in the site's own where it is not one of the interface."""
    with translation.override(code if is_offered(code) else settings.LANGUAGE_CODE):
        yield


def spoken(words: str) -> str:
    """What is kept in English (names of professions, of the first pages) in the reader's language; else as it is."""
    return translation.gettext(words) if words else ""


def country_name(code: str, otherwise: str) -> str:
    """A country's name in the reader's language (Unicode CLDR), by ISO 3166-1; `otherwise` in the site's own."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return otherwise if language == settings.LANGUAGE_CODE else _territories(language).get(code, otherwise)


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Cldr.parse(language, sep="-").territories)


def letters(name: str) -> str:
    """What names are sorted by: without accents and points, and without a difference of case."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def in_order(names: Mapping[str, str]) -> dict[str, str]:
    """The same, sorted by name as the reader's language spells it."""
    return dict(sorted(names.items(), key=lambda pair: letters(pair[1])))


def same_for_all(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """An answer that shared caches keep, and so the same whoever asks: in the site's own language."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        with translation.override(settings.LANGUAGE_CODE):
            response = view(*args, **kwargs)
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
        response.same_for_all = True  # type: ignore[attr-defined]
        response["Content-Language"] = settings.LANGUAGE_CODE
        return response

    return answer


class Locale(LocaleMiddleware):
    """Django's own; and it says that the cookie of the language decides as well, unless nothing does."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if getattr(response, "same_for_all", False):
            return response
        patch_vary_headers(response, ("Cookie",))
        return super().process_response(request, response)  # type: ignore[arg-type]
