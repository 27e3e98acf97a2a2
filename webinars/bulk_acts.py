"""What editors do with several webinars at once in the admin, each through its operation."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from community.core.errors import Boundary
from webinars.forms import CancelForm
from webinars.models import Webinar, WebinarState
from webinars.operations.planning import cancel_webinar, publish_webinar


class WebinarBulkAct(SnippetBulkAction):  # type: ignore[misc]
    """Those that the operation refuses are named, the others are done."""

    models: ClassVar[list[type]] = [Webinar]
    template_name = "webinars/admin_bulk.html"
    states: ClassVar[set[str]] = set()
    about: Any = ""
    act_label: Any = ""

    def check_perm(self, obj: Webinar) -> bool:
        may = self.permission_policy.user_has_permission(self.request.user, "change")
        return bool(may and obj.state in self.states)

    def act(self, webinar: Webinar, user: Any) -> None:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"about": self.about, "act_label": self.act_label, "title": self.display_name}
        return super().get_context_data(**kwargs) | more  # type: ignore[no-any-return]

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user, "view": self}

    @classmethod
    def execute_action(cls, objects: Sequence[Webinar], **context: Any) -> tuple[int, int]:
        done = 0
        for webinar in objects:
            try:
                with transaction.atomic():
                    context["view"].act(webinar, context["user"])
                done += 1
            except Boundary as error:
                messages.warning(context["view"].request, f"{webinar}: {error.reason}")
        return done, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        return ngettext("Done for %(n)d webinar.", "Done for %(n)d webinars.", num_parent_objects) % {
            "n": num_parent_objects
        }


class CancelSeveral(WebinarBulkAct):
    display_name = _("Cancel webinars")
    action_type = "cancel"
    aria_label = _("Cancel the chosen webinars")
    classes: ClassVar[set[str]] = {"serious"}
    form_class = CancelForm
    states: ClassVar[set[str]] = {WebinarState.DRAFT, WebinarState.SCHEDULED}
    about = _("Everybody who registered is told. A cancelled webinar stays cancelled.")
    act_label = _("Cancel them")

    def act(self, webinar: Webinar, user: Any) -> None:
        cancel_webinar(webinar, by=user, note=self.cleaned_form.cleaned_data["note"])


class PublishSeveral(WebinarBulkAct):
    display_name = _("Publish")
    action_type = "publish"
    aria_label = _("Publish the chosen webinars")
    states: ClassVar[set[str]] = {WebinarState.DRAFT}
    about = _("Those whom it is for see it and can register.")
    act_label = _("Publish them")

    def act(self, webinar: Webinar, user: Any) -> None:
        publish_webinar(webinar, by=user)


ALL = (CancelSeveral, PublishSeveral)
