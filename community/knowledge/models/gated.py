"""Pages that no single person can publish: not in the admin, not by a workflow, not by a timetable.

Drafts and revisions are Wagtail's own. `publish` asks `may_go_live`, whoever calls it.
"""

import hashlib
import json
from typing import Any, ClassVar

from django.db import models
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import PagePermissionTester

from community.knowledge.models.pages import AudiencedPage


class ByOperationsOnly(PagePermissionTester):  # type: ignore[misc]
    """Editors write and save; releasing, publishing and withdrawing are done on the site, by those who may."""

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_submit_for_moderation(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self.page.live and bool(super().can_delete(ignore_bulk))


class ShelfPermissions(PagePermissionTester):  # type: ignore[misc]
    """The shelf itself is an editor's page; what is made below it starts as a draft."""

    def can_publish_subpage(self) -> bool:
        return False


class NothingPublishedHere(models.Model):
    """A shelf below which the admin makes drafts only."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return ShelfPermissions(user, self)


class GatedPage(AudiencedPage):
    """A page with words that others must agree to. `digest` is what they agreed to."""

    OF_THE_WHOLE: ClassVar[tuple[str, ...]] = ()
    is_creatable = False

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return ByOperationsOnly(user, self)

    def get_workflow(self) -> None:
        return None

    @property
    def has_workflow(self) -> bool:
        return False

    def with_content_json(self, content: Any) -> Any:
        """A draft with what holds for the page as a whole, which no revision may undo."""
        page = super().with_content_json(content)
        for name in self.OF_THE_WHOLE:
            setattr(page, name, getattr(self, name))
        return page

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Wagtail's own, after `may_go_live`. Raises PublishPermissionError."""
        if not revision.as_object().may_go_live():
            raise PublishPermissionError("Nobody else has agreed to these words.")
        return super().publish(revision, *args, **kwargs)

    def may_go_live(self) -> bool:
        """Whether these words may be shown; each kind of page says."""
        raise NotImplementedError

    def reviewed_words(self) -> dict[str, Any]:
        """What others agree to, as plain JSON; each kind of page says."""
        raise NotImplementedError

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of the words."""
        words = json.dumps(self.reviewed_words(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()
