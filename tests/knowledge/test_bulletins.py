"""A bulletin needs two people, or one for two hours; a correction reaches open pages and whoever read the old one."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.actions.publish_revision import PublishPermissionError

from community.core.actors import SYSTEM
from community.core.audiences import members_in, viewer_of
from community.core.clock import now
from community.core.errors import Boundary, Invalid, Refused
from community.knowledge import bulletins
from community.knowledge.models import BulletinOpening, BulletinPage, BulletinRelease, BulletinVersion, Duty
from community.knowledge.operations.bulletins import (
    confirm_bulletin,
    draft_bulletin,
    release_bulletin,
    release_bulletin_alone,
    save_bulletin,
    second_bulletin,
    sign_bulletin,
    withdraw_bulletin,
    withdraw_unseconded,
)
from community.knowledge.releasing import NotNow, follow, is_shown, sign
from community.live.models import Entry
from community.members.models import Country
from community.notifications.models import Notification
from tests.factories.credentials import make_member
from tests.factories.knowledge import bulletin_values, make_bulletin, on_duty

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_one_signs_and_another_releases() -> None:
    first, second = on_duty(), on_duty()
    page = draft_bulletin(by=first, values=bulletin_values())
    release = sign_bulletin(page, by=first)

    with pytest.raises(Refused) as refusal:
        release_bulletin(page, by=first)
    assert refusal.value.code == "same_person"
    with pytest.raises(Refused):
        release_bulletin(page, by=make_member())
    with pytest.raises(PublishPermissionError):
        page.get_latest_revision().publish()
    assert Client().get(f"/bulletins/{page.slug}/").status_code == 404

    release_bulletin(page, by=second)

    assert "Think of measles" in Client().get(f"/bulletins/{page.slug}/").content.decode()
    page.refresh_from_db()
    assert (page.version, round(page.time_to_first / timedelta(minutes=1))) == (1, 90)
    with pytest.raises(IntegrityError), transaction.atomic():
        BulletinRelease.objects.filter(pk=release.pk).update(second_by=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        BulletinRelease.objects.filter(pk=release.pk).update(second_by=None)


def test_a_version_is_as_it_was_whatever_is_tried() -> None:
    page = make_bulletin(on_duty(), on_duty())

    for statement in ("UPDATE knowledge_bulletinversion SET number = 9", "DELETE FROM knowledge_bulletinversion"):
        with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert BulletinVersion.objects.get(page=page).content["known"].startswith("Laboratories")


def test_it_expires_after_it_begins() -> None:
    first, moment = on_duty(), now()
    backwards = {"known_since": moment, "expires_at": moment - timedelta(hours=1)}

    with pytest.raises(Invalid) as wrong:
        draft_bulletin(by=first, values=bulletin_values(**backwards))
    assert set(wrong.value.errors) == {"expires_at"}
    with pytest.raises(Invalid) as wrong:
        save_bulletin(draft_bulletin(by=first, values=bulletin_values()), by=first, values=backwards)
    assert set(wrong.value.errors) == {"expires_at"}


def test_what_is_unfinished_or_changed_cannot_be_released() -> None:
    first, second = on_duty(), on_duty()
    page = draft_bulletin(by=first, values=bulletin_values(trust="", steps=[]))

    with pytest.raises(Invalid) as missing:
        sign_bulletin(page, by=first)
    assert set(missing.value.errors) == {"trust", "steps"}

    save_bulletin(page, by=first, values=bulletin_values())
    sign_bulletin(page, by=first)
    save_bulletin(page, by=first, values={"known": "Quite another thing is known."})
    with pytest.raises(Refused):
        release_bulletin(page, by=second)
    assert [release.state for release in BulletinRelease.objects.filter(page=page)] == ["void"]


def test_alone_it_ends_after_two_hours_and_with_a_second_it_stays(run_jobs: Any) -> None:
    first, second = on_duty(), on_duty()
    lonely, kept = (draft_bulletin(by=first, values=bulletin_values(title=title)) for title in ("Lonely", "Kept"))
    for page in (lonely, kept):
        sign_bulletin(page, by=first)
        release_bulletin_alone(page, by=first, reason="Nobody answers the telephone.")
    second_bulletin(kept, by=second)
    run_jobs()

    assert "second person has not confirmed" in Client().get(f"/bulletins/{lonely.slug}/").content.decode()
    assert Notification.objects.filter(member=second, kind="knowledge.bulletin.second_wanted").exists()
    with time_machine.travel(now() + timedelta(hours=2), tick=False):
        # The clock is late: readers see it no more all the same.
        assert Client().get(f"/bulletins/{lonely.slug}/").status_code == 404
        with pytest.raises(Refused):
            second_bulletin(lonely, by=second)
        assert withdraw_unseconded(by=SYSTEM) == 1
        assert "was withdrawn" in Client().get(f"/bulletins/{lonely.slug}/").content.decode()
        assert "Think of measles" in Client().get(f"/bulletins/{kept.slug}/").content.decode()


def test_a_correction_reaches_open_pages_and_everybody_who_opened_the_old_one(run_jobs: Any) -> None:
    first, second = on_duty(), on_duty()
    page = make_bulletin(first, second)
    reader, stranger = make_member("Reads", "It"), make_member("Reads", "Nothing")
    client = Client()
    client.force_login(reader, backend=BACKEND)
    client.get(page.url)
    run_jobs()
    Notification.objects.all().delete()

    save_bulletin(page, by=first, values={"known": "Laboratories have confirmed it in all three."})
    assert "in two districts" in client.get(page.url).content.decode()
    sign_bulletin(page, by=first)
    release_bulletin(page, by=second)
    run_jobs()

    entry = Entry.objects.filter(topic__name=f"bulletin:{page.pk}").latest("seq")
    state = client.get(f"/bulletins/{page.slug}/state/").json()
    assert (entry.verb, entry.body) == ("bulletin.released", {"version": 2, "stamp": "2"})
    assert state == {"version": 2, "stamp": "2"}
    kinds = dict(Notification.objects.filter(member__in=[reader, stranger]).values_list("member", "kind"))
    assert kinds == {reader.pk: "knowledge.bulletin.corrected"}
    assert "in all three" in client.get(page.url).content.decode()
    assert "in two districts" in client.get(f"/bulletins/{page.slug}/v1/").content.decode()


def test_a_withdrawn_correction_gives_the_earlier_version_back() -> None:
    first, second = on_duty(), on_duty()
    page = make_bulletin(first, second)
    save_bulletin(page, by=first, values={"known": "Quite another thing is known now."})
    sign_bulletin(page, by=first)
    release_bulletin_alone(page, by=first, reason="It cannot wait.")
    assert "Quite another thing" in Client().get(page.url).content.decode()

    withdraw_bulletin(page, by=second)

    assert "in two districts" in Client().get(page.url).content.decode()
    page.refresh_from_db()
    assert (page.version, page.shown_until, page.withdrawn_at) == (1, None, None)


def test_a_drill_is_seen_by_the_roster_only() -> None:
    first, second, member = on_duty(), on_duty(), make_member()
    page = make_bulletin(first, second, title="Chlorine", is_drill=True)
    client = Client()

    assert client.get(page.url).status_code == 404
    assert "Chlorine" not in client.get("/bulletins/").content.decode() + client.get("/sitemap.xml").content.decode()
    assert not bulletins.notices(viewer_of(member))
    client.force_login(second, backend=BACKEND)
    assert "This is an exercise" in client.get(page.url).content.decode()
    assert [notice.text for notice in bulletins.notices(viewer_of(second))] == ["Drill: Chlorine"]


def test_it_concerns_regions_and_professions_both_ways() -> None:
    kenyan, peruvian = (make_member(country=Country.objects.get(code=code)) for code in ("KE", "PE"))
    page = make_bulletin(on_duty(), on_duty(), who_regions="AFR", professions=[kenyan.profession])

    concerned = set(bulletins.members_concerned(page))

    assert concerned == {kenyan}
    assert [bool(bulletins.notices(viewer_of(each))) for each in (kenyan, peruvian, None)] == [True, False, False]


def test_what_others_may_not_read_is_not_named_and_not_in_old_versions() -> None:
    first, second = on_duty(), on_duty()
    inner = make_bulletin(first, second, title="For members first", audience="members")
    save_bulletin(inner, by=first, values={"audience": "public", "known": "Now it may be known by everybody."})
    sign_bulletin(inner, by=first)
    release_bulletin(inner, by=second)
    newer = make_bulletin(first, second, title="Quiet successor", audience="members", supersedes=inner)

    page = Client().get(f"/bulletins/{inner.slug}/").content.decode()

    assert "Now it may be known" in page
    assert newer.title not in page
    assert Client().get(f"/bulletins/{inner.slug}/v1/").status_code == 404
    with pytest.raises(Invalid):
        draft_bulletin(by=first, values=bulletin_values(title="Drill", is_drill=True, supersedes=inner))


def test_who_has_read_it_is_counted_once() -> None:
    page = make_bulletin(on_duty(), on_duty())
    reader = make_member()
    client = Client()
    client.force_login(reader, backend=BACKEND)
    for _time in range(2):
        assert client.post(f"/bulletins/{page.slug}/confirm/", {"version": 1}).status_code == 302
    Client().post(f"/bulletins/{page.slug}/confirm/", {"version": 1})
    client.post(f"/bulletins/{page.slug}/confirm/", {"version": 7})

    assert page.reading_counts() == {"opened": 1, "confirmed": 1}
    assert confirm_bulletin(page, by=reader, viewer=viewer_of(reader)) == BulletinOpening.objects.get()


def test_the_roster_is_the_same_both_ways() -> None:
    now_on, gone = on_duty(), on_duty()
    Duty.objects.filter(member=gone).update(starts_at=now() - timedelta(days=3), ends_at=now() - timedelta(days=1))
    Duty.objects.get(member=now_on).save()

    assert set(members_in("roster")) == {now_on}
    assert [viewer_of(each).has("roster") for each in (now_on, gone)] == [True, False]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["sign", "release", "alone", "second", "withdraw"]), st.integers(0, 1), st.integers(0, 80)
    ),
    min_size=2,
    max_size=7,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=ACTS)
def test_operations_do_what_the_rules_say(steps: list[tuple[str, int, int]]) -> None:
    """The database and the pure machine agree after every step, and nothing stands alone after two hours."""
    with transaction.atomic():
        people = [on_duty(), on_duty()]
        page = draft_bulletin(by=people[0], values=bulletin_values())
        moment, model = now(), None
        for act, who, minutes in steps:
            moment += timedelta(minutes=minutes)
            with time_machine.travel(moment, tick=False):
                withdraw_unseconded(by=SYSTEM)
                model = _stepped(model, act, people[who].pk, moment)
                _tried(page, act, people[who])
                shown = BulletinPage.objects.visible_to(viewer_of(None)).filter(pk=page.pk, withdrawn_at=None).exists()
                assert shown == (model is not None and is_shown(model, moment))
        transaction.set_rollback(True)


def _tried(page: BulletinPage, act: str, by: Any) -> None:
    operations = {"sign": sign_bulletin, "release": release_bulletin, "second": second_bulletin}
    try:
        with transaction.atomic():
            if act == "alone":
                release_bulletin_alone(page, by=by, reason="It cannot wait.")
            else:
                operations.get(act, withdraw_bulletin)(page, by=by)
    except Boundary:
        pass


def _stepped(model: Any, act: str, by: int, at: Any) -> Any:
    over = model is None or model.state == "withdrawn" or (model.state == "alone" and not is_shown(model, at))
    if act == "sign":
        return sign(by) if over else model
    if model is None:
        return None
    try:
        return follow(model, {"alone": "release_alone"}.get(act, act), by=by, at=at)  # type: ignore[arg-type]
    except NotNow:
        return model
