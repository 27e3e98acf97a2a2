"""Addresses under /webinars/ for those who attend: see the views of these names."""

from django.urls import URLPattern, path

from webinars.views import attending, files, own, reporting, speaking

urlpatterns: list[URLPattern] = [
    path("", attending.webinar_list, name="webinar-list"),
    path("mine/", own.webinar_mine, name="webinar-mine"),
    path("calendar/", own.feed_renew, name="webinar-feed-renew"),
    path("calendar/<uuid:key>.ics", own.webinar_feed, name="webinar-feed"),
    path("invitations/<str:token>/", speaking.speaker_invitation, name="speaker-invitation"),
    path("series/<slug:slug>/", attending.series_detail, name="series-detail"),
    path("<slug:slug>/", attending.webinar_detail, name="webinar-detail"),
    path("<slug:slug>/register/", attending.webinar_register, name="webinar-register"),
    path("<slug:slug>/unregister/", attending.webinar_unregister, name="webinar-unregister"),
    path("<slug:slug>/reminders/", attending.webinar_reminders, name="webinar-reminders"),
    path("<slug:slug>/question/", attending.webinar_question, name="webinar-question"),
    path("<slug:slug>/calendar.ics", own.webinar_calendar, name="webinar-calendar"),
    path("<slug:slug>/handouts/<int:pk>/", files.webinar_handout, name="webinar-handout"),
    path("<slug:slug>/report/", reporting.webinar_report, name="webinar-report"),
    path("<slug:slug>/conflicts/", speaking.webinar_conflicts, name="webinar-conflicts"),
]
