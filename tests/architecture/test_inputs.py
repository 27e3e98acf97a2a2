"""Every text and file that a form or a socket command takes is screened, or listed with the reason why not.

The models have their own list (`test_screening.py`); this one is about the ways in.
"""

from importlib import import_module
from inspect import isclass

from django import forms

from community.casefree.surfaces import SURFACES
from community.live import registry
from tests.architecture.source import our_modules

WORDS = (forms.CharField, forms.FileField, forms.JSONField)
#: Checked as what they are; no prose fits.
NO_PROSE = (forms.EmailField, forms.URLField, forms.SlugField, forms.UUIDField)

# Name of a field → surface. One name has one surface wherever it is asked for, but for those with their form's name.
SCREENED = {
    **dict.fromkeys(("source", "text"), "post"),
    **dict.fromkeys(("given_name", "family_name", "former_names", "institution", "interests", "bio"), "profile"),
    **dict.fromkeys(("issuer", "employer"), "application_note"),
    **dict.fromkeys(("summary", "description", "objectives", "new_series"), "practice"),
    **dict.fromkeys(("prompt", "options", "explanation"), "question"),
    **dict.fromkeys(("name", "purpose", "who_for"), "space"),
    **dict.fromkeys(("title", "q"), "title"),
    **dict.fromkeys(("tags", "word", "means"), "tag"),
    "note": "report",
    "statement": "profile",
    "text (chat)": "chat",
}

EXEMPT = {
    "code": "digits that were sent to an address",
    "handle": "the handle of a member, looked up",
    "endpoint": "the address of a push service, checked against those we send to",
    "p256dh": "a browser's public key, checked to be one",
    "auth": "sixteen random bytes of a browser",
    "number": "a register's number, checked against its format",
    "orcid": "sixteen digits with a check digit",
    "subdivision": "a code of ISO 3166-2, from a list",
    "time_zone": "a name of the tz database",
    "username": "made by the program",
    "words": "what people look for in the directory; kept nowhere",
    "file": "rebuilt, its words screened where they are shown (slides, captions), its name not kept",
    "cover": "an image, rebuilt without metadata",
    "stance": "one of a list, checked by the operation",
}


def inputs_of_forms() -> set[str]:
    found = set()
    for module in our_modules():
        if "forms" not in module.name.split(".") or module.package == "community.knowledge":
            continue  # Wagtail's forms are made of the models, which have their own list.
        for form in vars(import_module(module.name)).values():
            if isclass(form) and issubclass(form, forms.BaseForm) and form.__module__ == module.name:
                fields = form.base_fields.items()
                found |= {
                    name for name, field in fields if isinstance(field, WORDS) and not isinstance(field, NO_PROSE)
                }
    return found


def _holds_words(field: forms.Field) -> bool:
    return isinstance(field, WORDS) and not isinstance(field, NO_PROSE)


def inputs_of_commands() -> set[str]:
    """Texts of commands; those with a pattern hold an identifier or a choice."""
    found = set()
    for name in registry.command_names():
        schema, _handler = registry.find_command(name) or (registry.Command, None)
        for field, about in schema.model_fields.items():
            told = f"{about.annotation} {about.metadata}"
            if "str" in told and "pattern" not in told:
                found.add(field)
    return found


def test_every_input_with_words_is_screened_or_exempt() -> None:
    inputs = inputs_of_forms() | inputs_of_commands()

    assert {"text", "title", "note", "file"} <= inputs
    assert sorted(inputs - set(SCREENED) - set(EXEMPT)) == []
    assert set(SCREENED.values()) <= set(SURFACES)
