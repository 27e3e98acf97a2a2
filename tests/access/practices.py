"""Write-ups of the world: a draft of the member's to which the nurse is invited, a published one, and hidden ones."""

from typing import TYPE_CHECKING

from community.knowledge.models import Translation, WriteUpPage
from community.knowledge.operations.authors import comment_on_draft, invite_author
from community.members.models import Member
from tests.factories.writeups import make_draft, make_write_up

if TYPE_CHECKING:
    from tests.access.world import World

OF_DRAFT = (
    "writeup-draft writeup-preview writeup-files writeup-file-remove writeup-send writeup-discard writeup-invite "
    "writeup-answer writeup-leave writeup-comment"
)


def put_practices(world: "World", author: Member) -> None:
    member = world.personas["member"]
    draft, secret = make_draft(member, title="A shared draft"), make_draft(author, title="A closed draft")
    invite_author(draft, by=member, handle=world.personas["nurse"].handle)  # type: ignore[union-attr]
    world.put(OF_DRAFT, {"slug": draft.slug}, {"slug": secret.slug})
    world.put("writeup-write", {"slug": draft.slug, "section": "short"}, {"slug": secret.slug, "section": "short"})
    remarks = [
        {"slug": page.slug, "comment": comment_on_draft(page, by=by, section="short", text="Please add it.").pk}
        for page, by in ((draft, member), (secret, author))
    ]
    world.put("writeup-comment-resolve", *remarks)
    shown, gone = (make_write_up(member, title=title, audience="members") for title in ("Read by members", "Gone"))
    put_translations(world, shown, gone)
    gone.unpublish()
    world.put("writeup-linked-data writeup-reaffirm writeup-retire writeup-report", _at(shown), _at(gone))
    world.put("writeup-version", {**_at(shown), "number": 1}, {**_at(gone), "number": 1})
    world.put("writeup-citation", *({**_at(page), "number": 1, "kind": "ris"} for page in (shown, gone)))
    world.put("writeup-changes", *({**_at(page), "older": 1, "newer": 1} for page in (shown, gone)))


def put_translations(world: "World", shown: WriteUpPage, gone: WriteUpPage) -> None:
    """Of the member: one published, one that the nurse may read as the second."""
    member, nurse = world.personas["member"], world.personas["nurse"]
    Member.objects.filter(pk=nurse.pk).update(languages=["fr"])
    facts = {"translator": member, "of_version": 1, "texts": {"title": "Lu par tous"}}
    for page in (shown, gone):
        Translation.objects.create(page=page, language="fr", state="waiting", **facts)
        Translation.objects.create(page=page, language="es", state="done", shown_version=1, reader=nurse, **facts)
    world.put("translation-start", _at(shown), _at(gone))
    world.put("translation-answer", *({**_at(page), "language": "fr"} for page in (shown, gone)))
    world.put("translation translation-write", *({**_at(page), "language": "es"} for page in (shown, gone)))


def _at(page: "object") -> dict[str, str]:
    return {"slug": page.slug}  # type: ignore[attr-defined]
