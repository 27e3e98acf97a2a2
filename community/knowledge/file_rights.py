"""Who may see a picture or a hand-out: whoever may read what it belongs to. Addresses are no permission.

A file of a write-up follows that write-up, also while it is a draft. Packages above join with a rule for theirs. What
belongs to nothing is the editors': its own audience says who may see it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from community.core.audiences import Viewer
from community.knowledge.collections import collection_admits
from community.knowledge.models import Picture, Rendition
from community.knowledge.policies.writeups import may_read_draft

#: What a rule answers: True or False for a file it knows, None for any other.
Rule = Callable[[Viewer, Any], bool | None]

_rules: list[Rule] = []


def register_file_rule(rule: Rule) -> None:
    """Decide about the files of a package. `rule(viewer, file)` gets a Picture or a Handout."""
    if rule not in _rules:
        _rules.append(rule)


def may_see_file(viewer: Viewer, file: Any) -> bool:
    """Whether this viewer may see a picture (in any size) or a hand-out."""
    for rule in (rule_of_write_ups, *_rules):
        verdict = rule(viewer, file)
        if verdict is not None:
            return verdict
    return file.audience in viewer.tokens


def may_see_picture(viewer: Viewer, picture: Picture) -> bool:
    """The same for a picture, whose collection may be closed too."""
    return may_see_file(viewer, picture) and collection_admits(viewer, picture)


def rule_of_write_ups(viewer: Viewer, file: Any) -> bool | None:
    """What a published version shows is for the page's readers; what only a draft has is for those of the draft."""
    page = file.write_up
    if page is None:
        return None
    if page.live and page.is_visible_to(viewer) and _is_published(page, file):
        return True
    return bool(may_read_draft(viewer, page))


def picture_at(path: str) -> Picture | None:
    """The picture of which the file at this path below `images/` is the original or a size."""
    name = f"images/{path}"
    size = Rendition.objects.filter(file=name).select_related("image__write_up", "image__collection").first()
    if size is not None:
        return size.image  # type: ignore[no-any-return]
    pictures = Picture.objects.filter(file=name).select_related("write_up", "collection")
    return pictures.first()  # type: ignore[no-any-return]


def files_in(blocks: Iterable[Any]) -> set[tuple[str, int]]:
    """The figures and hand-outs among the raw blocks of a write-up: which kind, and its number."""
    found = set()
    for block in blocks:
        kind, value = block["type"], block["value"]
        if kind == "figure" and value.get("image"):
            found.add((kind, int(value["image"]["image"])))
        if kind == "handout" and value.get("document"):
            found.add((kind, int(value["document"])))
    return found


def _is_published(page: Any, file: Any) -> bool:
    """Whether the page shows the file now, or one of its versions does."""
    wanted = ("figure" if isinstance(file, Picture) else "handout", file.pk)
    if wanted in files_in(page.body.raw_data):
        return True
    contents = page.versions.values_list("content", flat=True)
    return any(wanted in files_in(content.get("body", [])) for content in contents)
