"""Screens of a member's notifications: parse, one operation, redirect. All work without JavaScript."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community.core.errors import Invalid
from community.notifications import operations, queries
from community.notifications.forms import DeviceForm, PreferencesForm
from community.notifications.links import read_token
from community.notifications.push import label_of
from community.notifications.vapid import public_key


@login_required
@require_GET
def notification_list(request: HttpRequest) -> HttpResponse:
    """What happened, newest first."""
    page = queries.page_for(request.viewer, request.GET.get("after", ""))  # type: ignore[attr-defined]
    context = {"page": page, "unread": queries.unread_count(request.user)}
    return render(request, "notifications/notification_list.html", context)


@login_required
@require_GET
def notification_open(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go to what a notification is about and mark it as read: where e-mails lead, so that they carry no title."""
    row = queries.notification_of(request.user, public_id)
    operations.mark_read(row, by=request.user)
    address = queries.address_of(request.viewer, row)  # type: ignore[attr-defined]
    if address:
        return redirect(address)
    messages.info(request, _("This is no longer available to you."))
    return redirect("notification-list")


@login_required
@require_POST
def notification_read(request: HttpRequest, public_id: str) -> HttpResponse:
    """Mark one as read."""
    operations.mark_read(queries.notification_of(request.user, public_id), by=request.user)
    return redirect("notification-list")


@login_required
@require_POST
def notification_read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    operations.mark_all_read(request.user, by=request.user)
    return redirect("notification-list")


@login_required
@require_http_methods(["GET", "POST"])
def notification_settings(request: HttpRequest) -> HttpResponse:
    """How a member wants to be told of each kind."""
    choices = queries.choices_of(request.user)
    form = PreferencesForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        operations.set_preferences(request.user, form.chosen(), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("notification-settings")
    fixed = list(dict.fromkeys(str(choice.notice.label) for choice in choices if not choice.notice.optional))
    devices = queries.devices_of(request.user)
    context = {
        "form": form,
        "fixed": fixed,
        "devices": devices,
        "this_session": request.session.session_key,
        "push_key": public_key(),
    }
    return render(request, "notifications/notification_settings.html", context)


@login_required
@require_POST
def device_add(request: HttpRequest) -> HttpResponse:
    """Push to this browser; a script filled the form in."""
    form = DeviceForm(request.POST)
    if not form.is_valid():
        raise Invalid({name: [str(error) for error in errors] for name, errors in form.errors.items()})
    operations.add_device(
        request.user,
        form.subscription(),
        session_key=request.session.session_key or "",
        label=label_of(request.headers.get("User-Agent", "")),
        by=request.user,
    )
    messages.success(request, _("This device is told from now on."))
    return redirect("notification-settings")


@login_required
@require_POST
def device_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stop pushing to one device."""
    operations.remove_device(queries.device_of(request.user, public_id), by=request.user)
    messages.success(request, _("That device is no longer told."))
    return redirect("notification-settings")


@csrf_exempt  # RFC 8058: the mail program posts without a cookie; the signed token is the permission.
@require_http_methods(["GET", "POST"])
def notification_unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET (link scanners follow links), unsubscribe on POST."""
    member_id, kind = read_token(token)
    member, label = queries.subscription(member_id, kind)
    if request.method == "POST":
        operations.unsubscribe(member, kind)
    context = {"label": label, "is_done": request.method == "POST"}
    return render(request, "notifications/notification_unsubscribe.html", context)
