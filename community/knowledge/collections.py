"""Where images and hand-outs are kept: Wagtail's collections, each with rights of its own in the admin.

file_rights.py says who may open a file. A collection says who finds it in the admin's lists and choosers, and who
changes or deletes it there: editors what is theirs; the files of write-ups and webinars only administrators, because
those follow their page and are changed by its operations. At the root nobody has a right.
"""

from typing import Any

from wagtail.models import Collection, CollectionViewRestriction

from community.core.audiences import Viewer

EDITORS_MEDIA = "Editors’ media"
WRITE_UPS = "Write-ups"
WEBINARS = "Webinars"


def collection_of(name: str) -> Any:
    """The collection of this name. Where an administrator has renamed or deleted it: the root, where nobody has a
    right."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root


def collection_admits(viewer: Viewer, file: Any) -> bool:
    """Whether the privacy of the file's collection, and of those above it, lets this viewer in.

    Wagtail asks for hand-outs itself, also for a password. A picture has no page that could ask for one, so behind a
    password it stays closed.
    """
    return all(_admits(viewer, restriction) for restriction in file.collection.get_view_restrictions())


def _admits(viewer: Viewer, restriction: CollectionViewRestriction) -> bool:
    if viewer.member is None or restriction.restriction_type == CollectionViewRestriction.PASSWORD:
        return False
    if restriction.restriction_type == CollectionViewRestriction.LOGIN or viewer.member.is_superuser:
        return True
    return bool(restriction.groups.filter(user=viewer.member).exists())
