"""What editors do to several write-ups at once."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from community.core.audiences import viewer_of
from community.knowledge.admin_acts import ActOnSeveral
from community.knowledge.forms_practice import RetireForm
from community.knowledge.models import WriteUpPage
from community.knowledge.operations.reviews import remind_reviewers
from community.knowledge.operations.writeups import call_for_review, retire
from community.knowledge.policies.reviews import may_remind_reviewers
from community.knowledge.policies.writeups import may_call_for_review, may_retire


class WriteUpsAction(ActOnSeveral):
    models = (WriteUpPage,)


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

    def act(self, row: WriteUpPage, *, by: Any, **sent: Any) -> int:
        return remind_reviewers(row, by=by)


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

    def act(self, row: WriteUpPage, *, by: Any, **sent: Any) -> int:
        call_for_review(row, by=by)
        return 1


@hooks.register("register_bulk_action")
class Retire(WriteUpsAction):
    display_name = _("Retire")
    action_type = "retire"
    aria_label = _("Retire the selected write-ups")
    question = _("Retire these? They stay where they are, with a banner that gives the reason, and can be cited.")
    done = _("%(n)d write-ups are retired.")
    action_priority = 30
    form_class = RetireForm
    classes: ClassVar[set[str]] = {"serious"}

    def check_perm(self, page: WriteUpPage) -> bool:
        return page.live and bool(may_retire(self.request.user, viewer_of(self.request.user), page))

    def act(self, row: WriteUpPage, *, by: Any, **sent: Any) -> int:
        retire(row, by=by, reason=sent["reason"])
        return 1
