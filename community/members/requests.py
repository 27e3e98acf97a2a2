"""What a view behind `login_required` may count on; for the type checker."""

from django.http import HttpRequest

from community.core.audiences import Viewer
from community.members.models import Member


class MemberRequest(HttpRequest):
    """A request whose member has signed in and whose viewer the middleware has resolved."""

    user: Member
    viewer: Viewer
