"""What people type into the forums. Forms check shape; rights and words are checked by the operations."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.core.text import MAX_LENGTH
from community.knowledge.practice.facets import Kind
from community.moderation.models import Reason
from forums.models import FollowLevel, Post, ReadRule, Space, Stance, WriteRule
from forums.models.spaces import RESERVED_SLUGS
from forums.operations.spaces import SpaceWords
from forums.tagging import split_tags
from forums.writing import MAX_TITLE, Words

CASE_FREE = _("No patient, not even without a name: ask about a group of patients, not about one.")


class ComposerForm(forms.Form):
    """A post. `client_key` makes a repeated submission the same post."""

    stance = forms.ChoiceField(label=_("What kind of contribution is this?"), choices=Stance, initial=Stance.OPINION)
    source = forms.CharField(
        label=_("Your text"),
        max_length=MAX_LENGTH,
        strip=False,
        help_text=CASE_FREE,
        widget=forms.Textarea(attrs={"rows": 8, "data-draft": ""}),
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    reply_to = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def words(self) -> Words:
        data = self.cleaned_data
        return Words(
            source=_one_line_ends(data["source"]),
            stance=data["stance"],
            title=" ".join(data.get("title", "").split()),
            tags=split_tags(data.get("tags", "")),
        )


class ThreadForm(ComposerForm):
    """The first post of a thread, with its title and tags."""

    title = forms.CharField(
        label=_("Title"),
        max_length=MAX_TITLE,
        help_text=_("One question or one topic, as you would ask a colleague from another hospital."),
    )
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=240,
        help_text=_("Up to five, with commas between them."),
        widget=forms.TextInput(attrs={"list": "curated-tags", "autocomplete": "off"}),
    )
    field_order = ["title", "stance", "source", "tags", "client_key", "reply_to"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stance"].initial = Stance.QUESTION


class PromoteForm(forms.Form):
    """What becomes of a thread."""

    title = forms.CharField(label=_("Title of the write-up"), max_length=160)
    kind = forms.ChoiceField(label=_("It is a"), choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.PRACTICE)


class EditForm(ComposerForm):
    """New words for a post; `revision` is the version they are based on."""

    client_key = None  # type: ignore[assignment]
    reply_to = None  # type: ignore[assignment]
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @classmethod
    def of(cls, post: Post, data: Any = None) -> "EditForm":
        """The form filled with the present words; with title and tags where the post opens its thread."""
        initial = {"source": post.source, "stance": post.stance, "revision": post.revision}
        if not post.is_opening:
            return cls(data, initial=initial)
        tags = ", ".join(tag.name for tag in post.thread.tags.all())
        return OpeningEditForm(data, initial={**initial, "title": post.thread.title, "tags": tags})


class OpeningEditForm(EditForm, ThreadForm):
    field_order = ["title", "stance", "source", "tags", "revision"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stance"].initial = None


class FollowForm(forms.Form):
    level = forms.ChoiceField(choices=[*FollowLevel.choices, ("none", _("Do not follow"))])


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=Reason, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("More for the moderators"),
        required=False,
        max_length=500,
        help_text=_("Do not repeat the words that could identify somebody."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MoveForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Move to"), queryset=Space.objects.none(), to_field_name="slug")

    def __init__(self, *args: Any, spaces: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = spaces  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    handle = forms.SlugField(label=_("Handle of the member"), max_length=40)


class SpaceForm(forms.ModelForm[Space]):
    """A space, for editors; who reads is asked for in words and stored as a token."""

    read_rule = forms.ChoiceField(label=_("Who may read"), choices=ReadRule)

    class Meta:
        model = Space
        fields = (
            "name",
            "slug",
            "kind",
            "purpose",
            "who_for",
            "write_rule",
            "profession",
            "specialty",
            "country",
            "who_region",
            "open_join",
            "position",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["read_rule"].initial = self.instance.read_rule

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(_("This word has a meaning of its own in addresses."))
        return slug

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        rules = {data.get("read_rule"), data.get("write_rule")}
        if rules & {ReadRule.PROFESSION.value, WriteRule.PROFESSION.value} and not data.get("profession"):
            self.add_error("profession", _("Choose the profession."))
        if data.get("write_rule") == WriteRule.GROUP and data.get("read_rule") != ReadRule.GROUP:
            self.add_error("write_rule", _("Only a private group has members who may write."))
        return data

    def words(self) -> SpaceWords:
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return SpaceWords(values, ReadRule(self.cleaned_data["read_rule"]))


def _one_line_ends(text: str) -> str:
    """Browsers send CRLF; stored words and the offsets of findings use LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
