"""Every field that can hold a person's words is screened on its way in, or listed with the reason why not.

A new field of text, JSON or a file fails here until somebody has decided which it is.
"""

import pytest
from django.apps import apps
from django.db import models

from community.casefree.surfaces import SURFACES
from tests.architecture.source import our_modules

WORDS = (models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField)

# Field → the surface under which an operation has it screened.
SCREENED = {
    "forums.post.source": "post",
    "forums.thread.title": "title",
    "search.savedsearch.text": "title",
    "search.synonymset.preferred": "tag",
    "search.synonymterm.shown": "tag",
    "forums.tag.name": "tag",
    "forums.tag.description": "tag",
    "forums.tagalias.word": "tag",
    "forums.space.name": "space",
    "forums.space.purpose": "space",
    "forums.space.who_for": "space",
    "members.member.given_name": "profile",
    "members.member.family_name": "profile",
    "members.member.former_names": "profile",
    "members.member.institution": "profile",
    "members.member.interests": "profile",
    "members.member.bio": "profile",
    "members.member.coi_statement": "profile",
    "credentials.application.given_name": "application_note",
    "credentials.application.family_name": "application_note",
    "credentials.application.note": "application_note",
    "credentials.evidence.issuer": "application_note",
    "credentials.evidence.stored_name": "file_name",
    "credentials.vouch.employer": "application_note",
    "credentials.revieweddomain.institution": "application_note",
    "moderation.report.note": "report",
    "moderation.decision.note": "moderation_note",
    "webinars.webinar.title": "practice",
    "webinars.webinar.summary": "practice",
    "webinars.webinar.description": "practice",
    "webinars.webinar.objectives": "practice",
    "webinars.webinar.change_note": "practice",
    "webinars.series.title": "practice",
    "webinars.series.summary": "practice",
    "webinars.speaker.name": "profile",
    "webinars.speaker.title": "profile",
    "webinars.speaker.coi_statement": "profile",
    "webinars.question.text": "question",
    "webinars.poll.prompt": "question",
    "webinars.poll.explanation": "question",
    "webinars.polloption.text": "question",
    "webinars.pollanswer.text": "question",
    "webinars.roomevent.body": "chat",
    "webinars.caption.text": "transcript",
    "webinars.deck.title": "title",
    "webinars.slide.text": "slide",
    "knowledge.writeupindexpage.intro": "practice",
    "knowledge.writeuppage.result": "practice",
    "knowledge.writeuppage.problem": "practice",
    "knowledge.writeuppage.place": "practice_setting",
    "knowledge.writeuppage.retired_because": "practice",
    "knowledge.writeuppage.certainty_reason": "practice",
    "knowledge.draftcomment.text": "practice",
    "knowledge.translation.texts": "practice",
    "knowledge.translation.shown": "practice",
    "knowledge.translation.answer": "practice",
    "knowledge.adaptation.what_changed": "practice",
    "knowledge.adopterreport.measure": "practice",
    "knowledge.adopterreport.note": "practice",
    "knowledge.peerreview.reason": "practice",
    "knowledge.peerreview.certainty_reason": "practice",
    "knowledge.peerreview.coi_text": "profile",
    "knowledge.remark.text": "practice",
    "knowledge.mythindexpage.intro": "practice",
    **{
        f"knowledge.mythpage.{name}": "practice"
        for name in ("fact", "claim", "why", "practical", "sources", "short_text")
    },
    "knowledge.mythreview.note": "practice",
    "knowledge.mythreview.conflict": "profile",
    "knowledge.rumour.headline": "practice",
    "knowledge.telling.text": "practice",
    "knowledge.bulletinindexpage.intro": "practice",
    **{
        f"knowledge.bulletinpage.{name}": "practice"
        for name in ("known", "unknown", "being_done", "trust", "sources", "consequences")
    },
    "knowledge.bulletinpage.contacts": "practice_setting",
    "knowledge.bulletinrelease.alone_reason": "practice",
    "knowledge.homepage.hero_title": "practice",
    "knowledge.homepage.hero_lead": "practice",
    "knowledge.homepage.hero_small": "practice",
    "knowledge.indexpage.intro": "practice",
    **{f"knowledge.pageinlanguage.{name}": "practice" for name in ("title", "intro", "hero_title", "hero_small")},
    "knowledge.guidelinepage.intro": "practice",
    "knowledge.guidelinepage.changes": "practice",
    "knowledge.helppage.intro": "practice",
    "knowledge.banner.text": "practice",
    "knowledge.picture.title": "practice",
    "knowledge.picture.description": "practice",
    "knowledge.handout.title": "practice",
}

# A program writes these: identifiers, digests, enums, addresses, copies of screened words.
BY_PROGRAM = {
    "core.attempt": {"job", "args", "queue", "error"},
    "core.audienceunion": {"digest", "tokens"},
    "core.event": {"verb", "target_type", "target_id", "facts"},
    "core.lease": {"name", "holder", "last_error"},
    "core.seal": {"previous", "entries", "digest"},
    "live.topic": {"name"},
    "live.entry": {"verb", "body"},
    "casefree.telling": {"thread", "category"},
    "casefree.hold": {"kind", "outcome"},
    "casefree.sweep": {"content"},
    "forums.post": {"public_id", "audience", "html", "plain", "credential", "coi"},
    "forums.revision": {"title", "source", "html"},
    "forums.space": {"audience", "slug"},
    "forums.tag": {"slug", "folded"},
    "forums.thread": {"public_id", "audience", "slug"},
    "members.member": {"password", "handle", "name", "conduct_version", "interface_language"},
    "credentials.application": {"public_id", "register_slug"},
    "credentials.evidence": {"public_id", "contact_digest", "sha256", "media_type"},
    "credentials.challenge": {"public_id", "digest"},
    "credentials.vouch": {"public_id"},
    "credentials.registerimport": {"register", "kind", "file_name", "digest", "refusals"},
    "moderation.review": {"public_id", "target_type", "target_id"},
    "moderation.sanction": {"public_id"},
    "notifications.notification": {"public_id", "kind", "target_type", "target_id", "group"},
    "notifications.preference": {"kind"},
    "notifications.device": {"public_id", "label", "endpoint", "digest", "p256dh", "auth", "session_key"},
    "knowledge.version": {"content", "digest"},
    "knowledge.draftcomment": {"section"},
    "knowledge.translation": {"language"},
    "knowledge.adaptation": {"public_id"},
    "knowledge.peerreview": {"public_id"},
    "knowledge.remark": {"section"},
    "knowledge.mythreview": {"digest"},
    "knowledge.rumour": {"public_id"},
    "knowledge.sorting": {"public_id", "tellings", "hearings"},
    "knowledge.bulletinrelease": {"digest"},
    "knowledge.bulletinversion": {"content", "digest"},
    "knowledge.picture": {"file_hash"},
    "knowledge.rendition": {"filter_spec", "file", "focal_point_key"},
    "knowledge.handout": {"file_hash"},
    "webinars.webinar": {"public_id", "audience", "slug", "description_html", "for_whom"},
    "webinars.series": {"public_id", "slug"},
    "webinars.speaker": {"public_id", "invitation"},
    "webinars.question": {"public_id", "who"},
    "webinars.poll": {"public_id", "told"},
    "webinars.pollanswer": {"choices"},
    "webinars.roomevent": {"verb", "sealed"},
    "webinars.deck": {"public_id", "findings"},
    "webinars.receipt": {"answer"},
    "webinars.heldline": {"public_id", "details"},
    "webinars.roomlimit": {"reason"},
    # Folded terms of words that were screened where they were written. Short searches are counted without anybody, and
    # only those that the guard passes (search/asked.py).
    "search.askedwords": {"text"},
    "search.settledwords": {"text"},
    "search.synonymset": {"public_id", "code", "digest", "reading"},
    "search.synonymterm": {"terms"},
    "search.document": {
        "bundle",
        "audience",
        "title",
        "body",
        "names",
        "exact",
        "space",
        "tags",
        "places",
        "specialty",
        "stance",
    }
    | {"lang"},
    "search.shipment": {"kind"},
    "search.meaning": {"said", "model", "values"},  # a digest, a name of ours, and numbers
    "search.savedsearch": {"public_id"},
    "search.outbox": {"kind"},
    "webinars.broadcast": {"public_id"},
    "webinars.take": {"codecs", "error", "packager"},
    "webinars.chunk": {"sha256", "key"},
    "webinars.rendition": {"codecs", "init_key", "slate_key"},
    "webinars.segment": {"sha256", "key"},
    "webinars.upload": {"public_id", "sha256", "error"},
    "webinars.uploadpart": {"sha256"},
    "webinars.chapter": {"title"},
    "webinars.caption": {"language"},
    "webinars.streamkey": {"digest", "protocol"},
    "webinars.attendanceinterval": {"proof"},
}

# A person fills these, and no words of a case fit or reach anybody.
EXEMPT = {
    "members.member.email": "checked as an address; seen by its owner only",
    "members.member.subdivision": "a code of ISO 3166-2, from a list",
    "members.member.languages": "codes of ISO 639-1, from a list",
    "members.member.orcid": "sixteen digits with a check digit",
    "members.member.time_zone": "a name of the tz database, from a list",
    "members.member.who_sees": "fixed keys and values",
    "credentials.application.number": "a register's number, checked against its format; reviewers see it",
    "credentials.evidence.contact": "an address or number that is tested by using it; encrypted",
    "credentials.challenge.address": "an address that is tested by using it; encrypted",
    "credentials.revieweddomain.domain": "a domain name, checked as one",
    "moderation.heldwords.words": "what the guard has stopped: encrypted, for reviewers, deleted with the decision",
    "moderation.heldwords.findings": "places and kinds of what was found, no words",
    "webinars.webinar.language": "a code of ISO 639-1, from a list",
    "webinars.webinar.time_zone": "a name of the tz database, from a list",
    "webinars.webinar.video_url": "checked as an address; shown to those who registered",
    "webinars.speaker.email": "checked as an address; seen by the organisers only",
    "knowledge.writeuppage.language": "a code of ISO 639-1, from a list",
    "knowledge.adaptation.decided_by": "codes of FRAME, from a list",
    "knowledge.adaptation.modified": "codes of FRAME, from a list",
    "knowledge.adaptation.nature": "codes of FRAME, from a list",
    "knowledge.adaptation.goals": "codes of FRAME, from a list",
    "knowledge.adaptation.reasons": "codes of FRAME, from a list",
    "knowledge.adopterreport.unit": "a code, from a list",
    "knowledge.adopterreport.before": "a number, or “<5”; small cells are refused",
    "knowledge.adopterreport.after": "a number, or “<5”; small cells are refused",
    "knowledge.bulletinpage.who_regions": "codes of WHO regions, from a list",
    "knowledge.duty.part": "a few words on the roster, by an editor",
    "knowledge.guidelinepage.version": "a number or date, by an editor",
    "knowledge.navigationitem.label": "a word or two in the menu, by an editor",
    "knowledge.picture.file": "an editor's image, rebuilt without metadata; its name is made by the program",
    "knowledge.handout.file": "an editor's document, rebuilt without metadata",
    "knowledge.siteoptions.organisation": "the operator's name, by an administrator",
    "knowledge.siteoptions.contact_email": "checked as an address, by an administrator",
    "knowledge.siteoptions.privacy_email": "checked as an address, by an administrator",
}

# Tables filled from official sources by commands and migrations.
REFERENCE = {"credentials.registerentry", "members.country", "members.profession", "members.specialty"}


def fields_with_words() -> set[str]:
    ours = {module.package for module in our_modules()}
    tables = [model for model in apps.get_models() if model._meta.app_config.name in ours]
    return {
        f"{model._meta.label_lower}.{field.name}"
        for model in tables
        if model._meta.label_lower not in REFERENCE
        for field in model._meta.local_fields
        if isinstance(field, WORDS) and not field.choices
    }


def decided() -> set[str]:
    by_program = {f"{table}.{name}" for table, names in BY_PROGRAM.items() for name in names}
    return set(SCREENED) | set(EXEMPT) | by_program


def test_every_field_with_words_is_screened_or_exempt() -> None:
    assert sorted(fields_with_words() - decided()) == []


def test_no_decision_outlives_its_field() -> None:
    assert sorted(decided() - fields_with_words()) == []


@pytest.mark.parametrize("surface", sorted(set(SCREENED.values())))
def test_a_surface_is_known_to_the_guard_and_used_by_an_operation(surface: str) -> None:
    users = [module.name for module in our_modules() if f'"{surface}"' in module.text and "screen" in module.text]

    assert surface in SURFACES
    assert [name for name in users if not name.startswith("community.casefree")]
