"""Addresses under /webinars/ for organisers: see the views of these names."""

from django.urls import URLPattern, path

from webinars.views import captions, files, people, planning

urlpatterns: list[URLPattern] = [
    path("new/", planning.webinar_create, name="webinar-create"),
    path("series/<slug:slug>/edit/", planning.series_edit, name="series-edit"),
    path("<slug:slug>/plan/", planning.webinar_plan, name="webinar-plan"),
    path("<slug:slug>/plan/<slug:step>/", planning.webinar_step, name="webinar-step"),
    path("<slug:slug>/publish/", planning.webinar_publish, name="webinar-publish"),
    path("<slug:slug>/move/", planning.webinar_move, name="webinar-move"),
    path("<slug:slug>/cancel/", planning.webinar_cancel, name="webinar-cancel"),
    path("<slug:slug>/duplicate/", planning.webinar_duplicate, name="webinar-duplicate"),
    path("<slug:slug>/repeat/", planning.webinar_repeat, name="webinar-repeat"),
    path("<slug:slug>/speakers/", people.webinar_speakers, name="webinar-speakers"),
    path("<slug:slug>/speakers/<slug:public_id>/", people.webinar_speaker, name="webinar-speaker"),
    path("<slug:slug>/crew/", people.webinar_crew, name="webinar-crew"),
    path("<slug:slug>/crew/remove/", people.webinar_crew_remove, name="webinar-crew-remove"),
    path("<slug:slug>/files/", files.webinar_files, name="webinar-files"),
    path("<slug:slug>/files/remove/", files.webinar_file_remove, name="webinar-file-remove"),
    path("<slug:slug>/captions/", captions.webinar_captions, name="webinar-captions"),
    path("<slug:slug>/people/", people.webinar_people, name="webinar-people"),
    path("<slug:slug>/people.csv", people.webinar_people_export, name="webinar-people-export"),
    path("<slug:slug>/attendance.csv", people.webinar_attendance_export, name="webinar-attendance-export"),
    path("<slug:slug>/people/<slug:handle>/", people.webinar_decide, name="webinar-decide"),
]
