"""Images and hand-outs: who may open which by its address, and who finds and changes them in the admin."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, GroupCollectionPermission
from wagtail.permissions import policy_registry

from community.core.actors import SYSTEM
from community.core.audiences import Viewer, viewer_of
from community.knowledge.collections import EDITORS_MEDIA, WEBINARS, WRITE_UPS, collection_of
from community.knowledge.file_rights import may_see_file, may_see_picture, picture_at
from community.knowledge.models import Handout, Picture
from community.knowledge.operations.files import add_figure, add_handout
from community.knowledge.operations.writeups import publish_version
from community.members.models import EDITORS, MODERATORS, VERIFIERS
from tests.factories.credentials import make_member
from tests.factories.forums import verified_member
from tests.factories.webinars import webinar_with
from tests.factories.writeups import make_draft
from tests.knowledge.test_media import paper, photo
from webinars.operations import files as webinar_files

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ACTS = ("change", "delete", "choose")
People = dict[str, Any]
SIGNED_IN = {"member", "author", "presenter", "moderator", "verifier", "editor"}
EVERYBODY = SIGNED_IN | {"visitor"}


@pytest.fixture
def people() -> People:
    """One of each who has to do with files."""
    groups = {"moderator": MODERATORS, "verifier": VERIFIERS, "editor": EDITORS}
    staff = {name: make_member(name.title(), is_staff=True, in_groups=[group]) for name, group in groups.items()}
    return {
        "visitor": None,
        "member": make_member(),
        "author": verified_member(),
        "presenter": verified_member(),
        **staff,
    }


def image() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", photo())


def put_files(people: People) -> dict[str, Any]:
    """A file of each kind, none for visitors but the editors' own picture."""
    author, presenter = people["author"], people["presenter"]
    page = make_draft(author, audience="members")
    add_figure(page, by=author, file=image(), description="A board beside the well")
    add_handout(page, by=author, file=SimpleUploadedFile("a.pdf", paper()), title="Card for the box")
    webinar = webinar_with(organiser=presenter, audience="members")
    webinar_files.set_cover(webinar, by=presenter, file=image(), description="A bellows")
    plan = SimpleUploadedFile("a.pdf", paper())
    webinar_files.add_handout(webinar, by=presenter, file=plan, title="Plan of the hour")
    own = Picture(title="Front door", description="A door", file=image(), collection=collection_of(EDITORS_MEDIA))
    own.save()
    return {
        "page": page,
        "figure": Picture.objects.get(write_up=page, collection__name=WRITE_UPS),
        "handout": Handout.objects.get(write_up=page, collection__name=WRITE_UPS),
        "cover": Picture.objects.get(collection__name=WEBINARS),
        "plan": Handout.objects.get(collection__name=WEBINARS),
        "own": own,
    }


def seen(people: People, files: dict[str, Any], *kinds: str) -> dict[str, set[str]]:
    """By whom each file can be opened."""
    viewers = {name: viewer_of(member) for name, member in people.items()}
    rows = {kind: picture_at(files[kind].file.name.removeprefix("images/")) or files[kind] for kind in kinds}
    return {kind: {name for name in viewers if _opens(viewers[name], rows[kind])} for kind in kinds}


def _opens(viewer: Viewer, row: Any) -> bool:
    row.refresh_from_db()
    return may_see_picture(viewer, row) if isinstance(row, Picture) else may_see_file(viewer, row)


def test_a_file_is_opened_by_whoever_may_read_what_it_belongs_to(people: People) -> None:
    files = put_files(people)
    of_write_up = ("figure", "handout")

    assert seen(people, files, *of_write_up) == {kind: {"author", "editor"} for kind in of_write_up}
    assert seen(people, files, "cover", "own") == {"cover": SIGNED_IN, "own": EVERYBODY}
    assert seen(people, files, "plan") == {"plan": set()}  # Only the webinar's own page gives it out.
    publish_version(files["page"], by=SYSTEM)
    assert seen(people, files, *of_write_up) == dict.fromkeys(of_write_up, SIGNED_IN)
    visitor = Client()
    addresses = [row.url for row in (files["handout"], files["plan"])]
    assert [visitor.get(path).status_code for path in [*addresses, picture_address(files["figure"])]] == [404] * 3


def test_a_closed_collection_closes_its_pictures(people: People) -> None:
    media = collection_of(EDITORS_MEDIA)
    own = Picture(title="Front door", description="A door", file=image(), collection=media)
    own.save()
    files, visitor = {"own": own}, Client()

    assert visitor.get(picture_address(own)).status_code == 200
    closed = CollectionViewRestriction.objects.create(collection=media, restriction_type="login")
    assert visitor.get(picture_address(own)).status_code == 404
    assert seen(people, files, "own") == {"own": SIGNED_IN}
    closed.restriction_type = "groups"
    closed.save()
    closed.groups.set(people["editor"].groups.all())
    assert seen(people, files, "own") == {"own": {"editor"}}
    CollectionViewRestriction.objects.update(restriction_type="password")
    assert seen(people, files, "own") == {"own": set()}


def picture_address(picture: Picture) -> str:
    return f"/media/{picture.file.name}"


def test_the_admin_shows_only_what_one_has_a_right_to(people: People) -> None:
    files = put_files(people)
    titles = {files[kind].title for kind in ("figure", "handout", "cover", "plan", "own")}
    admin, lists = Client(), [reverse("wagtailimages:index"), reverse("wagtaildocs_chooser:choose")]

    def listed(name: str) -> set[str]:
        admin.force_login(people[name], backend=BACKEND)
        answers = "".join(admin.get(path).content.decode() for path in lists)
        return {title for title in titles if title in answers}

    for outside in ("presenter", "moderator", "verifier"):
        assert listed(outside) == set()
        assert admin.get(lists[0]).status_code == 404
    assert listed("editor") == {"Front door"}
    for kind in ("figure", "cover", "plan"):
        row = files[kind]
        policy = policy_registry.get_by_type(type(row))
        rights = {policy.user_has_permission_for_instance(people["editor"], act, row) for act in ACTS}
        assert rights == {False}
    deleted = admin.post(reverse("wagtailimages:delete", args=[files["figure"].pk]))
    chosen = admin.get(reverse("wagtailimages_chooser:chosen", args=[files["cover"].pk]))
    assert (deleted.status_code, chosen.status_code) == (302, 302)  # To the start, with "no permission".
    assert Picture.objects.filter(pk=files["figure"].pk).exists()
    assert policy_registry.get_by_type(Picture).user_has_permission_for_instance(
        people["editor"], "choose", files["own"]
    )


def test_rights_and_files_move_from_the_root_and_back() -> None:
    step = import_module("community.knowledge.migrations.0015_files_are_kept_in_collections")
    rights = GroupCollectionPermission.objects.values_list("group__name", "permission__codename", "collection__name")
    media, root = collection_of(EDITORS_MEDIA), Collection.get_first_root_node()
    before = set(rights.all())
    Picture(title="Front door", description="A door", file=image(), collection=media).save()
    assert {place for _group, _right, place in before} == {EDITORS_MEDIA}
    assert ("Editors", "change_image", EDITORS_MEDIA) in before

    step.move_back_to_the_root(apps, None)
    assert set(rights.all()) == {(group, right, root.name) for group, right, _place in before}
    assert Picture.objects.get().collection == root == collection_of(WRITE_UPS)
    by_hand = Collection.get_first_root_node().add_child(name="Sorted by hand")
    step.move_rights_and_files(apps, None)

    assert set(rights.all()) == before | {(group, right, by_hand.name) for group, right, _place in before}
    assert Picture.objects.get().collection == collection_of(EDITORS_MEDIA)
    assert Collection.find_problems() == ([], [], [], [], [])
