"""What editors do to several write-ups at once, each by its own operation: all of it happens, or nothing."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction

from community.core.audiences import viewer_of
from community.core.errors import Boundary
from community.knowledge.forms_practice import RetireForm
from community.knowledge.models import WriteUpPage
from community.knowledge.operations.reviews import remind_reviewers
from community.knowledge.operations.writeups import call_for_review, retire
from community.knowledge.policies.reviews import may_remind_reviewers
from community.knowledge.policies.writeups import may_call_for_review, may_retire


class WriteUpsAction(BulkAction):  # type: ignore[misc]
    """The frame: which can be acted on, a question, and the reason where an operation refuses."""

    models = (WriteUpPage,)
    template_name = "knowledge/admin_bulk.html"
    icon = "clipboard-list"
    question: Any = ""
    done: Any = ""
    form_class = forms.Form

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[no-any-return]
        except Boundary as error:
            form.add_error(None, error.reason)
            return self.form_invalid(form)  # type: ignore[no-any-return]

    def get_execution_context(self) -> dict[str, Any]:
        return {"by": self.request.user, **self.cleaned_form.cleaned_data}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return str(self.done) % {"n": num_parent_objects}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"action": self}


@hooks.register("register_bulk_action")
class RemindReviewers(WriteUpsAction):
    display_name = _("Remind reviewers")
    action_type = "remind-reviewers"
    aria_label = _("Remind the reviewers of the selected write-ups")
    question = _("Remind everybody who was asked to review these and has not answered?")
    done = _("%(n)d reminders were sent. Nobody is reminded twice in a day.")
    action_priority = 10

    def check_perm(self, page: WriteUpPage) -> bool:
        return bool(may_remind_reviewers(viewer_of(self.request.user), page))

    @classmethod
    def execute_action(cls, objects: list[WriteUpPage], by: Any = None, **_kwargs: Any) -> tuple[int, int]:
        return sum(remind_reviewers(page, by=by) for page in objects), 0


@hooks.register("register_bulk_action")
class CallForReview(WriteUpsAction):
    display_name = _("Mark as due for review")
    action_type = "mark-due"
    aria_label = _("Mark the selected write-ups as due for review")
    question = _("Ask the authors of these to look at them again? Readers see that the review is due.")
    done = _("%(n)d write-ups are due for review now.")
    action_priority = 20

    def check_perm(self, page: WriteUpPage) -> bool:
        return bool(may_call_for_review(viewer_of(self.request.user), page))

    @classmethod
    def execute_action(cls, objects: list[WriteUpPage], by: Any = None, **_kwargs: Any) -> tuple[int, int]:
        return len([call_for_review(page, by=by) for page in objects]), 0


@hooks.register("register_bulk_action")
class Retire(WriteUpsAction):
    display_name = _("Retire")
    action_type = "retire"
    aria_label = _("Retire the selected write-ups")
    question = _("Retire these? They stay where they are, with a banner that gives the reason, and can be cited.")
    done = _("%(n)d write-ups are retired.")
    action_priority = 30
    form_class = RetireForm
    classes = frozenset({"serious"})

    def check_perm(self, page: WriteUpPage) -> bool:
        return page.live and bool(may_retire(self.request.user, viewer_of(self.request.user), page))

    @classmethod
    def execute_action(
        cls, objects: list[WriteUpPage], by: Any = None, reason: str = "", **_kwargs: Any
    ) -> tuple[int, int]:
        return len([retire(page, by=by, reason=reason) for page in objects]), 0
