"""The page that shows every component with its variants. All people and texts on it are invented."""

from collections import namedtuple
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.core.clock import now
from community.core.screening import Finding

Tag = namedtuple("Tag", "name slug")

WORDS = "Does anyone give it once daily? Please call me on 555 0142 about our protocol."
COLOURS = [
    ("ground", "ink"), ("surface", "ink"), ("surface", "ink-soft"), ("sunken", "ink"), ("brand", "on-brand"),
    ("brand-soft", "brand-deep"), ("accent-soft", "accent"), ("good-soft", "good"), ("caution-soft", "caution"),
    ("bad-soft", "bad"), ("plum-soft", "plum"),
]  # fmt: skip
PARTS = ["colour", "type", "buttons", "people", "stances", "threads", "post", "forms", "composer", "notes"]


class SampleForm(forms.Form):
    """One field of each shape."""

    title = forms.CharField(help_text="What a colleague would type to find this. No patient, no date, no place.")
    space = forms.ChoiceField(choices=[("", "Choose a space"), ("id", "Infectious diseases"), ("em", "Emergency care")])
    body = forms.CharField(label="Your question", widget=forms.Textarea(attrs={"rows": 4}))
    stance = forms.ChoiceField(
        choices=[("question", "Question"), ("evidence", "Evidence summary"), ("practice", "Local practice")],
        widget=forms.RadioSelect,
        help_text="How you want to be read.",
    )
    languages = forms.MultipleChoiceField(
        choices=[("en", "English"), ("fr", "French"), ("ar", "Arabic")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    file = forms.FileField(label="Evidence", required=False, help_text="PDF or image, at most 8 MB.")
    agreed = forms.BooleanField(label="This is about no single patient")


def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "styleguide/styleguide.html", samples())


def samples() -> dict[str, Any]:
    """What the page shows; also used by the tests of the components."""
    return {
        "colours": COLOURS,
        "parts": PARTS,
        "form": SampleForm(),
        "composer_form": SampleForm(auto_id="composer_%s"),
        "wrong_form": SampleForm({"title": "", "body": WORDS, "stance": "question"}, auto_id="wrong_%s"),
        "an_hour_ago": now() - timedelta(hours=1),
        "last_year": now() - timedelta(days=340),
        "tags": [Tag("antimicrobial stewardship", "antimicrobial-stewardship"), Tag("sepsis", "sepsis")],
        "tabs": [
            {"label": "Newest", "url": "#tabs", "current": True, "count": 12},
            {"label": "Unanswered", "url": "#tabs", "current": False, "count": 3},
            {"label": "Following", "url": "#tabs", "current": False, "count": None},
        ],
        "crumbs": [{"label": "Forums", "url": "#crumbs"}, {"label": "Infectious diseases", "url": "#crumbs"}],
        "words": WORDS,
        "findings": [Finding("body", 50, 58, "phone", "This reads like a telephone number.")],
        "queue_meta": ["Nurse, Kenya", "Register match, document"],
    }
