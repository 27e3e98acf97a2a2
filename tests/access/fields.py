"""Which fields an address reads, asked of the address itself: forms tell theirs, requests tell what is looked up."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

LOOKUPS = ("__getitem__", "getlist", "__contains__")
SAMPLES: list[tuple[type[forms.Field], Any]] = [
    (forms.FileField, None),
    (forms.DateTimeField, "2031-05-06T18:30"),
    (forms.DateField, "2026-01-05"),
    (forms.BooleanField, "on"),
    (forms.IntegerField, "1"),
    (forms.URLField, "https://site.example/page"),
    (forms.EmailField, "somebody@clinic.example"),
    (forms.UUIDField, "3f2b8f0e-6a51-4f0e-9a53-6d9a2f7f6c11"),
    (forms.SlugField, "a-slug"),
]


@dataclass
class Fields:
    """What was looked up in a form and among its files, and for each field of a form something that it accepts."""

    keys: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    samples: dict[str, Any] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)

    def words(self) -> set[str]:
        """Where words may stand: fields of text, and whatever no form knows."""
        unknown = {key for key in self.keys - set(self.samples) if not key.startswith(("csrf", "_"))}
        return (self.texts | unknown) - self.files


@contextmanager
def read_fields() -> Iterator[Fields]:
    """Note what is read meanwhile."""
    seen = Fields()
    kept = {name: getattr(MultiValueDict, name) for name in LOOKUPS}
    clean = forms.BaseForm.full_clean

    def cleaning(form: forms.BaseForm) -> None:
        for name, each in form.fields.items():
            _note(seen, form, name, each)
        clean(form)

    for name in LOOKUPS:
        setattr(MultiValueDict, name, _noting(seen, kept[name]))
    forms.BaseForm.full_clean = cleaning  # type: ignore[method-assign]
    try:
        yield seen
    finally:
        for name in LOOKUPS:
            setattr(MultiValueDict, name, kept[name])
        forms.BaseForm.full_clean = clean  # type: ignore[method-assign]


def _noting(seen: Fields, look: Callable[..., Any]) -> Callable[..., Any]:
    def lookup(self: Any, key: Any, *args: Any) -> Any:
        if isinstance(key, str) and isinstance(self, QueryDict):
            seen.keys.add(key)
        return look(self, key, *args)

    return lookup


def _note(seen: Fields, form: forms.BaseForm, name: str, each: forms.Field) -> None:
    key = form.add_prefix(name)
    initial = form.get_initial_for_field(each, name)
    seen.samples[key] = _sample(each) if each.required else None
    if each.widget.is_hidden and isinstance(initial, str | int):
        seen.samples[key] = initial
    if isinstance(each, forms.FileField):
        seen.files.add(key)
    elif isinstance(each, forms.CharField) and not any(isinstance(each, kind) for kind, _value in SAMPLES):
        seen.texts.add(key)


def _sample(each: forms.Field) -> Any:
    """Something the field accepts."""
    if isinstance(each, forms.ModelChoiceField):
        first = each.queryset.first() if each.queryset is not None else None
        return each.prepare_value(first) if first is not None else ""
    if isinstance(each, forms.ChoiceField):
        values = [value for value, _label in _flat(each.choices) if value not in {"", None}]
        return values[0] if values else ""
    low = getattr(each, "min_value", None)
    return low if low is not None else next((v for kind, v in SAMPLES if isinstance(each, kind)), "Words")


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label
