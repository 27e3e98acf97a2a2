"""A member describes themselves: profile, conflicts of interest, who may see what."""

from collections.abc import Iterable
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from community.core.actors import Actor
from community.core.errors import Invalid
from community.core.events import record
from community.core.languages import is_offered
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from community.members.identifiers import languages, normal_orcid, subdivisions, time_zones
from community.members.models import Country, Member, Profession, Specialty
from community.members.operations.joining import full_name
from community.members.policies import may_change, may_clear_words
from community.members.visibility import AUDIENCES, HIDEABLE

WORDS = ("given_name", "family_name", "former_names", "institution", "interests", "bio")
NAME_PARTS = ("given_name", "family_name")


class ProfileChanges(TypedDict, total=False):
    """What a profile form may send; what is left out stays as it is."""

    given_name: str
    family_name: str
    former_names: str
    profession: Profession | None
    specialties: Iterable[Specialty]
    country: Country | None
    subdivision: str
    languages: list[str]
    institution: str
    orcid: str
    interests: str
    bio: str
    time_zone: str
    interface_language: str


@transaction.atomic
def update_profile(member: Member, *, by: Actor, **changes: Unpack[ProfileChanges]) -> Member:
    """Change the given fields. Raises Invalid for a value that is none, Refused for words that name a patient.

    A changed name is recorded as `members.name.changed`: verification belongs to a name and starts again with it.
    """
    require(may_change(by, member))
    refuse_if_not_clean("profile", **{name: str(changes.get(name, "")) for name in WORDS})
    locked = Member.objects.select_for_update().get(pk=member.pk)
    before = {name: getattr(locked, name) for name in (*NAME_PARTS, "profession_id")}
    _apply(locked, changes)
    locked.save(update_fields=[*(name for name in changes if name != "specialties"), "name"])
    if "specialties" in changes:
        locked.specialties.set(changes["specialties"])
    _record_changes(locked, by=by, before=before)
    return locked


@transaction.atomic
def choose_language(member: Member, *, by: Actor, language: str) -> Member:
    """Say in which language the site speaks and writes to a member. Raises Invalid for one it does not speak."""
    require(may_change(by, member))
    if not is_offered(language):
        raise Invalid({"language": [_("The site does not speak this language.")]})
    if member.interface_language != language:
        member.interface_language = language
        member.save(update_fields=["interface_language"])
        record("members.language.chosen", by=by, target=member, language=language)
    return member


@transaction.atomic
def declare_conflicts(member: Member, *, by: Actor, statement: str, none: bool) -> Member:
    """Declare conflicts of interest as of today, or that there are none. One of the two, never both."""
    require(may_change(by, member))
    if bool(statement.strip()) == none:
        raise Invalid({"statement": [_("Write what you have to declare, or tick that there is nothing; not both.")]})
    refuse_if_not_clean("profile", statement=statement)
    member.coi_statement, member.coi_none, member.coi_declared_on = statement.strip(), none, localdate()
    member.coi_reminded_on = None
    member.save(update_fields=["coi_statement", "coi_none", "coi_declared_on", "coi_reminded_on"])
    record("members.conflicts.declared", by=by, target=member, none=none)
    return member


@transaction.atomic
def remind_of_conflicts(member: Member, *, by: Actor) -> None:
    """Record that a year has passed since the statement; the subscriber tells the member."""
    require(may_change(by, member))
    member.coi_reminded_on = localdate()
    member.save(update_fields=["coi_reminded_on"])
    record("members.conflicts.due", by=by, target=member)


@transaction.atomic
def set_visibility(member: Member, *, by: Actor, who_sees: dict[str, str], listed: bool) -> Member:
    """Say who may see which field, and whether the directory may list one at all."""
    require(may_change(by, member))
    if not set(who_sees) <= set(HIDEABLE) or not set(who_sees.values()) <= set(AUDIENCES):
        raise Invalid(_("A field or an audience is not known."))
    member.who_sees, member.listed = who_sees, listed
    member.save(update_fields=["who_sees", "listed"])
    record("members.visibility.changed", by=by, target=member, listed=listed)
    return member


@transaction.atomic
def clear_profile_words(member: Member, *, by: Actor) -> Member:
    """Empty what a member says of themselves in free words, as a moderator has found somebody else in it."""
    require(may_clear_words(by))
    member.institution = member.interests = member.bio = member.coi_statement = ""
    member.save(update_fields=["institution", "interests", "bio", "coi_statement"])
    record("members.profile.updated", by=by, target=member, name=False, profession=False)
    return member


def _apply(member: Member, changes: ProfileChanges) -> None:
    for name, value in changes.items():
        if name != "specialties":
            setattr(member, name, value.strip() if isinstance(value, str) else value)
    member.name = full_name(member) or member.name
    _check(member, changes)


def _check(member: Member, changes: ProfileChanges) -> None:
    errors = {}
    if member.orcid and "orcid" in changes:
        try:
            member.orcid = normal_orcid(member.orcid)
        except ValueError:
            errors["orcid"] = [_("This is not an ORCID iD: the check digit does not fit.")]
    if member.subdivision and member.subdivision not in _regions(member):
        errors["subdivision"] = [_("This region does not belong to the chosen country.")]
    if not set(member.languages) <= set(languages()):
        errors["languages"] = [_("A language is not known.")]
    if member.time_zone not in time_zones():
        errors["time_zone"] = [_("This time zone is not known.")]
    if member.interface_language and not is_offered(member.interface_language):
        errors["interface_language"] = [_("The site does not speak this language.")]
    errors |= _field_errors(member, changes)
    if errors:
        raise Invalid(errors)


def _regions(member: Member) -> dict[str, str]:
    return subdivisions(member.country.code) if member.country else {}


def _field_errors(member: Member, changes: ProfileChanges) -> dict[str, list[str]]:
    try:
        member.clean_fields(exclude={field.name for field in Member._meta.fields} - set(changes))
    except ValidationError as error:
        return error.message_dict
    return {}


def _record_changes(member: Member, *, by: Actor, before: dict[str, object]) -> None:
    renamed = any(getattr(member, part) != before[part] for part in NAME_PARTS)
    profession = member.profession_id != before["profession_id"]
    record("members.profile.updated", by=by, target=member, name=renamed, profession=profession)
    if renamed:
        record("members.name.changed", by=by, target=member)
