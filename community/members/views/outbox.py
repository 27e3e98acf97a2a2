"""The demo's outbox: a demo sends no mail, so it shows a person the messages that were meant for them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.members.outbox import messages_for


@require_safe
def demo_outbox(request: HttpRequest) -> HttpResponse:
    """Missing unless this is a demo."""
    return render(request, "members/demo_outbox.html", {"mails": messages_for(request)})
