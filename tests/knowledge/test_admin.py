"""The editors' area: what waits, reports with export, and acts on several write-ups at once, audited one by one."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from community.core.actors import SYSTEM
from community.core.audiences import viewer_of
from community.core.models import Event
from community.knowledge.models import Adaptation, Duty, PeerReview, WriteUpPage
from community.knowledge.operations.lineage import Found, adapt, report_outcome
from community.knowledge.operations.reviews import offer_review
from community.knowledge.reports import lacking_reviewers, write_ups_due
from community.members.models import Country, Specialty
from community.members.operations import erase_member
from community.notifications.models import Notification
from tests.factories.credentials import make_member
from tests.factories.forums import verified_member
from tests.factories.knowledge import make_myth, on_duty
from tests.knowledge.practices import frame, published, sent

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
BULK = "/admin/bulk/knowledge/writeuppage"


@pytest.fixture
def editor() -> Any:
    return make_member("Ed", "Itor", is_staff=True, in_groups=["Editors"])


@pytest.fixture
def admin(editor: Any) -> Client:
    client = Client()
    client.force_login(editor, backend=BACKEND)
    return client


def country(code: str) -> Country:
    return Country.objects.get(code=code)


def rows_of(admin: Client, name: str, **asked: str) -> list[list[str]]:
    """A report as CSV, without its headings."""
    answer = admin.get(f"/admin/reports/{name}/", {"export": "csv", **asked})
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))[1:]


def test_reports_are_shown_narrowed_and_exported(admin: Client) -> None:
    author, other = verified_member(country=country("KE")), verified_member(country=country("IN"))
    page = published(author, title="=HYPERLINK(1)", country="KE")
    published(other, title="Elsewhere", country="IN")
    adaptation = adapt(page, by=other, frame=frame(country=country("IN")))
    report_outcome(adaptation, by=other, month=3, found=Found("better"))
    check = make_myth(on_duty())

    shown = admin.get("/admin/reports/write-ups/").content.decode()

    assert "Elsewhere" in shown
    (row,) = rows_of(admin, "write-ups", region="AFR")
    assert (row[0], row[2], row[5], row[6], row[-1]) == ("'=HYPERLINK(1)", "Practice", "Kenya", "AFR", "1")
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(admin.get("/admin/reports/write-ups/?export=xlsx&region=AFR").streaming_content))
    )
    assert next(cell.data_type for cell in list(book.active)[1]) == "s"
    (row,) = rows_of(admin, "adaptations", fidelity="kept")
    assert row[:4] + row[-2:] == [frame().title, "'=HYPERLINK(1)", "India", "SEAR", "1", "3"]
    assert rows_of(admin, "adaptations", region="AFR") == []
    assert [row[0] for row in rows_of(admin, "myth-checks")] == [check.title]
    assert rows_of(admin, "myth-checks", due_by="2020-01-01") == []
    for name in ("adaptations", "reviewers", "myth-checks"):
        assert admin.get(f"/admin/reports/{name}/").status_code == 200
    reviewer = Client()
    reviewer.force_login(make_member("Rev", is_staff=True, in_groups=["Reviewers"]), backend=BACKEND)
    assert reviewer.get("/admin/reports/write-ups/").status_code in {302, 403, 404}


def test_reviewers_are_reminded_once_a_day_and_only_where_they_sit(admin: Client, run_jobs: Any) -> None:
    specialty = Specialty.objects.order_by("slug")[0]
    author = verified_member(country=country("KE"))
    waiting, bare = sent(author, title="Waiting"), published(author, title="Published")
    assert list(lacking_reviewers()) == [waiting]
    peers = [verified_member(country=country(code)) for code in ("IN", "BR")]
    peers[0].specialties.add(specialty)
    for seat, peer in zip(("specialty", "region"), peers, strict=True):
        offer_review(waiting, by=peer, seat=seat, coi_none=True)
    assert not lacking_reviewers().exists()
    address = f"{BULK}/remind-reviewers/?id={waiting.pk}&id={bare.pk}&next=/admin/"

    asked = admin.get(address).content.decode()
    admin.post(address)
    admin.post(address)
    run_jobs()

    assert "This cannot be done to these:" in asked
    assert "Published" in asked.partition("This cannot be done to these:")[2]
    assert Event.objects.filter(verb="knowledge.review.reminded").count() == 2
    assert Notification.objects.filter(kind="knowledge.review_reminder").count() == 2
    assert [row[3] for row in rows_of(admin, "reviewers")] == ["1", "1"]
    assert PeerReview.objects.filter(state="working").count() == 2


def test_several_fall_due_or_are_retired_together_with_a_reason(admin: Client, editor: Any) -> None:
    author = verified_member()
    first, second, third = (published(author, title=title) for title in ("One", "Two", "Three"))
    assert "/bulk/knowledge/writeuppage/retire/" in admin.get("/admin/wagtailwriteups/").content.decode()

    admin.post(f"{BULK}/mark-due/?id={first.pk}&id={second.pk}&next=/admin/")
    refused = admin.post(
        f"{BULK}/retire/?id={second.pk}&id={third.pk}&next=/admin/",
        {"reason": "My patient died last night. She was admitted on Monday, and the rapid team was called."},
    )
    standing_after_refusal = set(WriteUpPage.objects.values_list("standing", flat=True))
    admin.post(f"{BULK}/retire/?id={second.pk}&id={third.pk}&next=/admin/", {"reason": "The guideline has changed."})

    admin.post(f"/admin/bulk/wagtailcore/page/delete/?id={first.pk}&next=/admin/")

    assert refused.status_code == 200
    assert "Two: " in refused.content.decode()
    assert WriteUpPage.objects.count() == 3
    assert standing_after_refusal == {"review_due", "current"}
    assert list(WriteUpPage.objects.order_by("pk").values_list("standing", flat=True)) == [
        "review_due",
        "retired",
        "retired",
    ]
    assert write_ups_due() == 1
    home = admin.get("/admin/").content.decode()
    assert "Write-ups due for review: 1" in home
    by_editor = Event.objects.filter(actor_id=editor.pk).values_list("verb", flat=True).order_by("id")
    assert list(by_editor) == ["knowledge.writeup.fell_due"] * 2 + ["knowledge.writeup.retired"] * 2
    assert not Adaptation.objects.exists()
    assert viewer_of(editor).has("editors")


def test_who_is_erased_or_deleted_is_named_nowhere_in_the_admin(editor: Any, run_jobs: Any) -> None:
    gone, deleted = make_member("Ada", "Erasable"), make_member("Ben", "Erasable")
    present, past = (Duty.objects.create(member=gone, part="nights") for _turn in range(2))
    for told in (gone, deleted, present, past):
        log(told, "wagtail.edit", user=editor)
    past.delete()
    picture = UserProfile.objects.create(user=gone, avatar=ContentFile(b"x", "Erasable.png")).avatar
    assert ModelLogEntry.objects.filter(label__contains="Erasable").count() == 4

    erase_member(gone, by=SYSTEM)
    run_jobs()
    deleted.delete()

    assert set(ModelLogEntry.objects.values_list("label", "user")) == {("Former member", editor.pk)}
    assert not UserProfile.objects.filter(user=gone).exists() and not picture.storage.exists(picture.name)
