"""Addresses of members: the directory, settings, the one login door, the demo's outbox."""

from django.urls import path
from django.views.generic import RedirectView

from community.members.views import account, directory, language, outbox, settings

login_door = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("members/", directory.member_list, name="member-list"),
    path("members/<slug:handle>/", directory.member_detail, name="member-detail"),
    path("members/<slug:handle>/follow/", directory.member_follow, name="member-follow"),
    path("members/<slug:handle>/unfollow/", directory.member_unfollow, name="member-unfollow"),
    path("settings/", RedirectView.as_view(pattern_name="account-overview")),
    path("settings/account/", account.account_overview, name="account-overview"),
    path("settings/account/sessions/<int:pk>/end/", account.session_end, name="session-end"),
    path("settings/profile/", settings.profile_edit, name="profile-edit"),
    path("settings/profile/regions/", settings.region_options, name="region-options"),
    path("language/", language.language_choose, name="set_language"),
    path("settings/conflicts/", settings.conflicts_edit, name="conflicts-edit"),
    path("settings/visibility/", settings.visibility_edit, name="visibility-edit"),
    path("settings/following/", directory.following_list, name="following-list"),
    path("settings/data/", account.own_data, name="own-data"),
    path("settings/data/download/", account.own_data_download, name="own-data-download"),
    path("settings/data/erase/", account.erasure_request, name="erasure-request"),
    path("settings/data/stay/", account.erasure_withdraw, name="erasure-withdraw"),
    path("demo/outbox/", outbox.demo_outbox, name="demo-outbox"),
    # Wagtail's and Django's own sign-in pages know no second factor: there is one door.
    path("_util/login/", login_door),
    path("django-admin/login/", login_door),
]
