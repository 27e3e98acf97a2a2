"""What editors do to several rows at once in Wagtail's admin, each by its operation: all of it happens, or nothing."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.bulk_action import BulkAction

from community.core.errors import Boundary


class ActOnSeveral(BulkAction):  # type: ignore[misc]
    """The frame: a question, which rows it is about and which it cannot be about, and what an operation refuses.

    `done` is said afterwards, with `%(n)d` for how many; `serious` makes the button look like it.
    """

    template_name = "knowledge/admin_bulk.html"
    icon = "clipboard-list"
    form_class = forms.Form
    question: Any = ""
    yes: Any = _("Yes")
    done: Any = ""
    classes: ClassVar[set[str]] = set()

    def act(self, row: Any, *, by: Any, **sent: Any) -> int:
        """The operation on one row with what the form sent; returns how many were done by it."""
        raise NotImplementedError

    @classmethod
    def execute_action(cls, objects: Sequence[Any], view: Any = None, **_kwargs: Any) -> tuple[int, int]:
        return sum(view.act_on(row) for row in objects), 0

    def act_on(self, row: Any) -> int:
        self.now_at = row
        return self.act(row, by=self.request.user, **self.cleaned_form.cleaned_data)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[no-any-return]
        except Boundary as error:
            form.add_error(None, f"{self.now_at}: {error.reason}")
            return self.form_invalid(form)  # type: ignore[no-any-return]

    def get_execution_context(self) -> dict[str, Any]:
        return {"view": self}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return str(self.done) % {"n": num_parent_objects}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"action": self}
