"""The directory, a member's page, following."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from community.core.policies import require
from community.members import queries
from community.members.budget import spend_directory_page, spend_profile_view
from community.members.forms import DirectoryForm
from community.members.operations import follow_member, unfollow_member
from community.members.panels import badges_for, profile_panels
from community.members.policies import may_follow, may_read_directory
from community.members.requests import MemberRequest
from community.members.visibility import shows


@login_required
@require_safe
def member_list(request: MemberRequest) -> HttpResponse:
    require(may_read_directory(request.viewer))
    spend_directory_page(request.user)
    form = DirectoryForm(request.GET)
    found = queries.directory(request.viewer, form.wanted())
    members, last = queries.page_after(found, request.GET.get("after", ""))
    badges = badges_for(members)
    rows = [
        {
            "member": member,
            "badge": badges.get(member.pk),
            "place": queries.place_of(member) if shows(member, "country", request.viewer) else "",
            "specialties": member.specialties.all() if shows(member, "specialties", request.viewer) else [],
        }
        for member in members
    ]
    used = {name for name, value in request.GET.items() if name in form.fields and value}
    context = {
        "form": form,
        "rows": rows,
        "next_url": _page_url(request, last),
        "is_filtered": bool(used),
        "is_narrowed": bool(used - {"words"}),
    }
    return render(request, "members/member_list.html", context)


@login_required
@require_safe
def member_detail(request: MemberRequest, handle: str) -> HttpResponse:
    member = queries.member_by_handle(handle)
    spend_profile_view(request.user, member)
    context = {
        "member": member,
        "badge": badges_for([member]).get(member.pk),
        "lines": queries.lines_of(member, request.viewer),
        "panels": profile_panels(member, request.viewer),
        "is_self": member.pk == request.user.pk,
        "may_follow": may_follow(request.user, member),
        "follows": queries.follows(request.user, member),
    }
    return render(request, "members/member_detail.html", context)


@login_required
@require_POST
def member_follow(request: MemberRequest, handle: str) -> HttpResponse:
    follow_member(queries.member_by_handle(handle), by=request.user)
    return redirect("member-detail", handle)


@login_required
@require_POST
def member_unfollow(request: MemberRequest, handle: str) -> HttpResponse:
    unfollow_member(queries.member_by_handle(handle), by=request.user)
    return redirect("member-detail", handle)


@login_required
@require_safe
def following_list(request: MemberRequest) -> HttpResponse:
    follows = list(queries.followed_by(request.user))
    badges = badges_for([follow.followed for follow in follows])
    rows = [{"member": follow.followed, "badge": badges.get(follow.followed_id)} for follow in follows]
    return render(request, "members/following_list.html", {"rows": rows})


def _page_url(request: MemberRequest, last: str) -> str:
    if not last:
        return ""
    kept = {name: value for name, value in request.GET.items() if name != "after" and value}
    return f"{request.path}?{urlencode({**kept, 'after': last})}"
