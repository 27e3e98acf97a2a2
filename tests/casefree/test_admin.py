"""In Wagtail's admin every field in which a person writes is screened: blocked words get into no row, log, cache or file."""

import io
import json
from itertools import cycle
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from PIL import Image
from wagtail.admin.models import FormState
from wagtail.models import Collection, Revision, UploadedFile

from community.core.errors import Refused
from community.knowledge.admin_words import EXEMPT, refuse_words
from community.knowledge.models import GuidelinePage, HomePage, Picture
from community.members.models import Member
from tests.factories.credentials import make_member

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
#: One of each kind of direct identifier that somebody may let slip.
CANARIES = {
    "number": "Her MRN is 4471902.",
    "telephone": "Her daughter's phone is 020 7946 0958.",
    "e-mail": "Write to my patient at wanda.kestrel@mail.example.",
    "name": "My patient Mrs Wanda Kestrel, hospital number 4471902, was admitted on 12 April.",
    "social security": "His SSN is 219-09-9934.",
}
NEEDLES = ("4471902", "7946 0958", "kestrel", "219-09")
EMPTY = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}


@pytest.fixture
def admin() -> Client:
    client = Client()
    root = make_member("Root", "Admin", is_staff=True, is_superuser=True)
    client.force_login(root, backend=BACKEND)
    return client


def left_anywhere() -> list[str]:
    """Tables in which a canary stands."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("wagtail", "knowledge", "taggit", "django_session", "core_", "search_", "auth_group")):
                cursor.execute(f'SELECT * FROM "{table}"')
                rows = repr(cursor.fetchall()).casefold()
                found += [table for needle in NEEDLES if needle in rows]
    return found


def guideline(**changes: Any) -> dict[str, Any]:
    """What the admin's form of a guideline sends."""
    formsets = {f"{name}-{key}": value for name in ("comments", "in_languages", "body") for key, value in EMPTY.items()}
    page = {"title": "A guideline", "slug": "a-guideline", "intro": "", "version": "", "changes": "", "body-count": "0"}
    return {**formsets, **page, "audience": "public", "seo_title": "", "search_description": "", **changes}


def rich(text: str) -> str:
    """As the admin's editor sends it."""
    line = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [line], "entityMap": {}})


BLOCK = {
    "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "question", "body-0-id": "",
    "body-0-value-question": "How?", "body-0-value-answer": rich("So."),
}  # fmt: skip
COMMENT = {
    "comments-TOTAL_FORMS": "1", "comments-0-id": "", "comments-0-contentpath": "title", "comments-0-position": "",
    "comments-0-DELETE": "", "comments-0-resolved": "", "comments-0-text": "Fine.",
} | {f"comments-0-replies-{key}": value for key, value in EMPTY.items()}  # fmt: skip
LANGUAGE = {
    "in_languages-TOTAL_FORMS": "1", "in_languages-0-language": "fr", "in_languages-0-body-count": "0",
    "in_languages-0-id": "",
}  # fmt: skip
#: What of a guideline's form takes words by itself.
PLAIN = ("title", "intro", "changes", "version", "seo_title", "search_description")


@pytest.fixture
def _no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing the form again costs more than all the rest."""
    monkeypatch.setattr(Template, "render", lambda *_args, **_kwargs: "")


def photo(name: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = CANARIES["number"]
    Image.new("RGB", (40, 30), "white").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def test_every_field_of_a_page_is_read_before_it_is_kept_and_so_are_comments_reasons_and_previews(
    admin: Client, _no_pages: None
) -> None:
    page, canaries = GuidelinePage.objects.get(slug="code-of-conduct"), cycle(CANARIES.values())
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    told = {key: next(canaries) for key in (*PLAIN, "in_languages-0-intro", "comments-0-text")}
    sent = guideline(**BLOCK | LANGUAGE | COMMENT | told | {"body-0-value-answer": rich(CANARIES["name"])})
    reason = {"workflow-action-extra-data": json.dumps({"comment": CANARIES["name"]})}
    before, root = Revision.objects.count(), Member.objects.get(is_superuser=True)

    form = page.get_edit_handler().get_form_class()(_as_sent(sent), instance=page, for_user=root)
    assert not form.is_valid()
    assert set(form.errors) == {*PLAIN, "body", "__all__"}
    assert set(form.formsets["in_languages"].errors[0]) == {"intro"}
    assert {name for name, field in form.fields.items() if _is_text(field)} == {*PLAIN, "slug", "body"}
    admin.post(edit, sent)
    admin.post(edit, guideline() | reason | {"action-workflow-action": "reject"})
    admin.post(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), guideline(intro=CANARIES["e-mail"]))
    refused = (Revision.objects.count(), FormState.objects.count(), left_anywhere())

    kept = admin.post(edit, guideline(**BLOCK | {"intro": "We start early, wren."}))
    page.refresh_from_db()
    assert refused == (before, 0, [])
    assert (kept.status_code, "wren" in str(page.get_latest_revision().content)) == (302, True)


def _as_sent(sent: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(sent)
    return data


def _is_text(field: Any) -> bool:
    return type(field).__name__ in {"CharField", "SlugField", "BlockField"} and not field.widget.is_hidden


def test_forms_of_wagtail_are_read_at_the_door(admin: Client, _no_pages: None) -> None:
    home, canaries = HomePage.objects.get(), cycle(CANARIES.values())
    doors = {
        reverse("wagtailadmin_pages:copy", args=[home.pk]): "new_title",
        reverse("wagtailadmin_pages:workflow_action", args=[home.pk, "reject", 1]): "comment",
        reverse("wagtailadmin_collections:add"): "name",
        reverse("wagtailadmin_workflows:add"): "name",
        reverse("wagtailadmin_workflows:add_task", args=["wagtailcore", "groupapprovaltask"]): "name",
        reverse("wagtailredirects:add"): "old_path",
        reverse("wagtailsites:add"): "site_name",
        reverse("wagtailusers_groups:add"): "name",
        reverse("wagtailadmin_choose_page_external_link"): "external-link-chooser-link_text",
        reverse("wagtailsettings:edit", args=["knowledge", "navigation"]): "items-0-label",
        reverse("wagtailsnippets_knowledge_banner:add"): "text",
        reverse("wagtailsnippets_knowledge_duty:add"): "part",
        reverse("wagtailsnippets_members_specialty:add"): "name",
    }
    table = SimpleUploadedFile("moved.csv", f"/old,/new\n/{CANARIES['number']},/here\n".encode())

    answers = [admin.post(path, {key: next(canaries)}).status_code for path, key in doors.items()]
    imported = admin.post(reverse("wagtailredirects:start_import"), {"import_file": table}).status_code

    assert (set(answers), imported, left_anywhere()) == ({403}, 403, [])
    kept = admin.post(
        reverse("wagtailadmin_collections:add"), {"name": "Charts", "parent": Collection.objects.all()[0].pk}
    )
    assert (kept.status_code, Collection.objects.filter(name="Charts").exists()) == (302, True)


def test_names_of_files_and_what_is_in_them_wait_nowhere(admin: Client, _no_pages: None) -> None:
    path = reverse("wagtailimages:add_multiple")
    sent = {"title": "A chart", "files[]": photo("Mrs Kestrel MRN 4471902.jpg"), "collection": "1"}

    answer = admin.post(path, sent, headers={"X-Requested-With": "XMLHttpRequest"})
    waiting = UploadedFile.objects.get()
    assert answer.json()["success"]
    assert b"4471902" not in waiting.file.read()
    assert not any(needle in waiting.file.name.casefold() for needle in NEEDLES)
    for key in ("title", "description", "tags"):
        admin.post(reverse("wagtailimages:add"), {"title": "A chart", "description": "A chart", "file": photo("a.jpg")}
                   | {key: CANARIES["name"]})  # fmt: skip
    assert (Picture.objects.count(), left_anywhere()) == (0, [])


def test_secrets_are_nobody_elses_to_read_and_the_rest_is_read_also_in_json() -> None:
    refuse_words(MultiValueDict({key: [CANARIES["number"]] for key in EXEMPT}))
    with pytest.raises(Refused):
        refuse_words(MultiValueDict({"data": [json.dumps({"deep": [{"words": CANARIES["number"]}]})]}))
