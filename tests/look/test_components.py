"""The components draw what their inputs say, with what assistive technology needs."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from community.core.audiences import Viewer
from community.core.screening import Finding
from community.core.styleguide import SampleForm
from community.core.templatetags import ui as tags
from community.core.ui import Panel, count_for, home_panels, register_count, register_home_panel


def test_initials_skip_titles_and_keep_joined_scripts_apart() -> None:
    assert tags.initials("Dr. Amara N. Okafor") == "A\u200cO"
    assert tags.initials("Plato") == "P"
    assert tags.initials("") == "?"


def test_hue_is_stable_and_in_range() -> None:
    assert tags.hue("Ada Obi") == tags.hue("Ada Obi")
    assert {tags.hue(f"Member {n}") for n in range(200)} == set(range(1, 9))


def test_when_shows_the_date_without_javascript() -> None:
    at = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)

    assert str(tags.when(at, "full")) == '<time datetime="2026-03-01T09:05:00+00:00">1 Mar 2026, 09:05 UTC</time>'
    assert ">1 Mar 2026</relative-time>" in str(tags.when(at))
    assert str(tags.when(date(2026, 3, 1))) == '<time datetime="2026-03-01">1 Mar 2026</time>'
    assert str(tags.when(None)) == ""


def test_here_marks_the_page_and_what_is_below_it() -> None:
    context = Context({"request": SimpleNamespace(path="/forums/sepsis/")})

    assert tags.here(context, "/forums/") == ' aria-current="page"'
    assert tags.here(context, "/") == ""
    assert tags.here(context, "/members/") == ""


def test_minutes_round_up() -> None:
    assert [tags.minutes(seconds) for seconds in (60, 61, 125)] == [1, 2, 3]


def test_findings_quote_only_what_the_person_sent() -> None:
    finding = Finding("body", 8, 16, "phone", "This reads like a telephone number.")

    html = render_to_string(
        "components/findings.html",
        {"findings": [finding], "words": {"body": "Call on 555 0142 <b>"}, "outcome": "block"},
    )

    assert "<mark>555 0142</mark>: This reads like a telephone number." in html
    assert 'role="alert"' in html


def test_a_form_that_comes_back_ties_errors_to_fields() -> None:
    html = str(SampleForm({"title": "", "body": "Words"}))

    assert '<a href="#id_title">Title</a>: This field is required.' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_title_error"' in html
    assert "autofocus" in html


def test_choices_stand_in_a_fieldset_with_a_legend() -> None:
    html = str(SampleForm()["stance"].as_field_group())

    assert '<fieldset class="co-field co-choices" id="id_stance" aria-describedby="id_stance_helptext">' in html
    assert '<legend class="form-label">Stance</legend>' in html
    assert html.count('class="form-check-input"') == 3
    assert '<label class="form-check-label" for="id_stance_0">Question</label>' in html


def test_optional_fields_say_so() -> None:
    class Sample(forms.Form):
        must = forms.CharField()
        may = forms.CharField(required=False)

    html = str(Sample())

    assert html.count("co-field__optional") == 1


def test_help_of_a_file_field_is_announced() -> None:
    assert 'aria-describedby="id_file_helptext"' in str(SampleForm()["file"].as_field_group())


def test_a_badge_says_in_words_how_somebody_was_checked() -> None:
    levels = ["verified", "document", "learner", "past", "none"]

    said = [render_to_string("components/badge_verified.html", {"level": level}).strip() for level in levels]

    assert ["Verified<" in said[0], "Verified by document" in said[1], "Learner" in said[2]] == [True] * 3
    assert "Verified when this was written" in said[3]
    assert said[4] == ""


def test_member_line_escapes_names() -> None:
    html = render_to_string("components/member_line.html", {"name": "<script>alert(1)</script>"})

    assert "<script>" not in html


@pytest.mark.django_db
def test_home_panels_stand_in_order_and_leave_out_what_is_empty() -> None:
    register_home_panel(_late)
    register_home_panel(_early)
    register_home_panel(_silent)

    keys = [panel.key for panel in home_panels(Viewer(None, frozenset({"test-only"})))]

    assert [key for key in keys if key.startswith("test-")] == ["test-early", "test-late"]


def _late(viewer: Viewer) -> Panel | None:
    return Panel("test-late", "Late", "x.html", order=99) if viewer.has("test-only") else None


def _early(viewer: Viewer) -> Panel | None:
    return Panel("test-early", "Early", "x.html", order=1) if viewer.has("test-only") else None


def _silent(viewer: Viewer) -> Panel | None:
    return None


def test_counts_are_zero_where_nobody_counts() -> None:
    register_count("test-count", lambda viewer: 3)

    assert count_for("test-count", Viewer.anonymous()) == 3
    assert count_for("nothing-registered", Viewer.anonymous()) == 0


def test_right_to_left_follows_the_language() -> None:
    for code, direction in {"ar": "rtl", "en": "ltr", "fr": "ltr"}.items():
        with translation.override(code):
            assert tags.direction() == direction


# Parts of others, or drawn by every page.
NOT_SHOWN = {"account_menu", "banners", "bar", "field", "field_errors", "foot", "form_errors", "language_switch",
             "mark", "messages", "panel", "print_line", "shortcuts", "styles", "theme_switch",
             "badge_verified"}  # fmt: skip


@pytest.mark.django_db
def test_every_component_is_on_the_style_guide_and_says_what_it_takes(client: Client) -> None:
    page = Path("templates/styleguide/styleguide.html").read_text()
    components = {path.stem: path.read_text() for path in Path("templates/components").glob("*.html")}

    assert {name for name in components if f"components/{name}.html" not in page} == NOT_SHOWN
    assert [name for name, text in components.items() if not text.startswith("{% comment %}\n")] == []
    assert client.get("/styleguide/").status_code == 200
