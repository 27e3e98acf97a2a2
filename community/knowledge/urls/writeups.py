"""Addresses of write-ups below /practices/. The list and the published pages themselves are Wagtail's."""

from django.urls import path

from community.knowledge.views import writeups, writing

urlpatterns = [
    path("practices/new/", writing.writeup_start, name="writeup-start"),
    path("practices/mine/", writing.writeup_mine, name="writeup-mine"),
    path("practices/sops/", writeups.procedure_list, name="writeup-sops"),
    path("practices/<slug:slug>/v<int:number>/", writeups.writeup_version, name="writeup-version"),
    path("practices/<slug:slug>/v<int:number>.<slug:kind>", writeups.writeup_citation, name="writeup-citation"),
    path("practices/<slug:slug>/changes/<int:older>..<int:newer>/", writeups.writeup_changes, name="writeup-changes"),
    path("practices/<slug:slug>/linked-data/", writeups.writeup_linked_data, name="writeup-linked-data"),
    path("practices/<slug:slug>/reaffirm/", writeups.writeup_reaffirm, name="writeup-reaffirm"),
    path("practices/<slug:slug>/retire/", writeups.writeup_retire, name="writeup-retire"),
    path("practices/<slug:slug>/report/", writeups.writeup_report, name="writeup-report"),
    path("practices/<slug:slug>/draft/", writing.writeup_draft, name="writeup-draft"),
    path("practices/<slug:slug>/preview/", writing.writeup_preview, name="writeup-preview"),
    path("practices/<slug:slug>/files/", writing.writeup_files, name="writeup-files"),
    path("practices/<slug:slug>/files/remove/", writing.file_remove, name="writeup-file-remove"),
    path("practices/<slug:slug>/write/<slug:section>/", writing.writeup_write, name="writeup-write"),
    path("practices/<slug:slug>/send/", writing.writeup_send, name="writeup-send"),
    path("practices/<slug:slug>/discard/", writing.writeup_discard, name="writeup-discard"),
    path("practices/<slug:slug>/authors/invite/", writing.author_invite, name="writeup-invite"),
    path("practices/<slug:slug>/authors/answer/", writing.author_answer, name="writeup-answer"),
    path("practices/<slug:slug>/authors/leave/", writing.author_leave, name="writeup-leave"),
    path("practices/<slug:slug>/comments/", writing.comment_create, name="writeup-comment"),
    path("practices/<slug:slug>/comments/<int:comment>/", writing.comment_resolve, name="writeup-comment-resolve"),
]
