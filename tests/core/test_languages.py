"""The language of an answer: who decides it, what varies by it, and what is the same for everybody."""

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import translation

from community.core.languages import asked_language, direction_of, language_of, offered
from community.core.models import Event
from community.core.screening import readable
from community.core.templatetags.ui import part, written_in
from community.members.identifiers import language_name
from tests.factories.credentials import make_member


def test_the_cookie_comes_before_the_browser_and_the_site_last() -> None:
    assert asked_language("fr", "ar,es;q=0.8") == "fr"
    assert asked_language("", "pt-BR,ar-EG;q=0.9,es;q=0.8") == "ar"
    assert asked_language("klingon", "de, en;q=0.1") == "en"
    assert asked_language("", "") == asked_language("", "x" * 10_000) == "en"


def test_every_language_has_its_own_name_and_direction() -> None:
    assert {language.code: language.dir for language in offered()} == {
        "en": "ltr",
        "es": "ltr",
        "fr": "ltr",
        "ar": "rtl",
    }
    assert [language.name for language in offered()][1:] == ["Español", "Français", "العربية"]
    assert (direction_of("fa"), direction_of("zz")) == ("rtl", "auto")
    assert written_in("") == 'dir="auto"' and written_in("ar") == 'lang="ar" dir="rtl"'


def test_the_source_of_a_reason_stays_in_one_piece_where_words_run_from_right_to_left() -> None:
    reason = "This looks like a record number. (45 CFR 164.514(b)(2)(i)(H))"
    assert readable(reason) == reason
    with translation.override("ar"):
        assert readable(reason) == "This looks like a record number. \u2066(45 CFR 164.514(b)(2)(i)(H))\u2069"
        assert readable("No source (of any kind) here.") == "No source (of any kind) here."


def test_names_of_languages_and_drawn_components_follow_the_reader() -> None:
    """The same facts, drawn for two readers: neither is given what was kept for the other."""
    drawn = {}
    for code in ("en", "es", "en"):
        with translation.override(code):
            drawn[code] = (part("components/badge_verified.html", level="verified"), language_name("de"))
    assert drawn["en"][1] == "German" and drawn["es"][1] == "alemán"
    assert drawn["en"][0] != drawn["es"][0]


def test_who_is_written_to_without_a_request() -> None:
    assert language_of(None) == "en"
    member = type("Somebody", (), {"interface_language": "ar"})()
    assert language_of(member) == "ar"
    member.interface_language = "klingon"
    assert language_of(member) == "en"


@pytest.mark.django_db
def test_a_chosen_language_stays_and_reading_sets_no_cookie() -> None:
    reader = Client(headers={"accept-language": "pt, fr;q=0.5"})
    page = reader.get("/accounts/login/")
    assert page.headers["Content-Language"] == "fr" and 'lang="fr" dir="ltr"' in page.text
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in page.headers["Vary"].split(",")}
    assert "language" not in " ".join(reader.cookies)

    answer = reader.post("/language/", {"language": "ar", "next": "//elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert 'lang="ar" dir="rtl"' in reader.get("/accounts/login/").text
    assert reader.post("/language/", {"language": "klingon"}).status_code == 400

    member = make_member()
    reader.force_login(member)
    reader.post("/language/", {"language": "es", "next": "/settings/account/"})
    member.refresh_from_db()
    assert member.interface_language == "es"
    assert Event.objects.filter(verb="members.language.chosen", target_id=str(member.pk)).count() == 1
    other = Client(headers={"accept-language": "fr"})
    other.force_login(member)
    assert 'lang="es"' in other.get("/settings/account/").text


@pytest.mark.django_db
def test_what_shared_caches_keep_is_the_same_for_all() -> None:
    caches["process"].clear()
    answers = [Client(headers={"accept-language": code}).get("/sitemap.xml") for code in ("en", "ar")]
    assert answers[0].content == answers[1].content
    for answer in answers:
        assert answer.headers["Content-Language"] == "en" and "Accept-Language" not in answer.headers.get("Vary", "")
