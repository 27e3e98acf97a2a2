"""What editors do with several webinars at once in the admin."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from community.knowledge.admin_acts import ActOnSeveral
from webinars.forms import CancelForm
from webinars.models import Webinar, WebinarState
from webinars.operations.planning import cancel_webinar, publish_webinar


class WebinarsAction(ActOnSeveral, SnippetBulkAction):  # type: ignore[misc]
    models: ClassVar[list[type]] = [Webinar]
    icon = "media"
    states: ClassVar[set[str]] = set()

    def check_perm(self, webinar: Webinar) -> bool:
        may = self.permission_policy.user_has_permission(self.request.user, "change")
        return bool(may and webinar.state in self.states)


class CancelSeveral(WebinarsAction):
    display_name = _("Cancel webinars")
    action_type = "cancel"
    aria_label = _("Cancel the chosen webinars")
    classes: ClassVar[set[str]] = {"serious"}
    form_class = CancelForm
    states: ClassVar[set[str]] = {WebinarState.DRAFT, WebinarState.SCHEDULED}
    question = _("Everybody who registered is told. A cancelled webinar stays cancelled.")
    yes = _("Cancel them")
    done = _("%(n)d webinars are cancelled. Everybody who registered is told.")

    def act(self, row: Webinar, *, by: Any, **sent: Any) -> int:
        cancel_webinar(row, by=by, note=sent["note"])
        return 1


class PublishSeveral(WebinarsAction):
    display_name = _("Publish")
    action_type = "publish"
    aria_label = _("Publish the chosen webinars")
    states: ClassVar[set[str]] = {WebinarState.DRAFT}
    question = _("Those whom it is for see it and can register.")
    yes = _("Publish them")
    done = _("%(n)d webinars are published.")

    def act(self, row: Webinar, *, by: Any, **sent: Any) -> int:
        publish_webinar(row, by=by)
        return 1


ALL = (CancelSeveral, PublishSeveral)
