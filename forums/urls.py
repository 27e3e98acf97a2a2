"""Addresses under /forums/. Words that stand before `<space>` are reserved in models.spaces."""

from django.urls import path

from forums.views import editing, posts, spaces, threads

urlpatterns = [
    path("", spaces.space_list, name="space-list"),
    path("unread/", spaces.unread_list, name="unread-list"),
    path("questions/", spaces.question_list, name="question-list"),
    path("tags/<slug:slug>/", spaces.tag_detail, name="tag-detail"),
    path("spaces/new/", editing.space_create, name="space-create"),
    path("posts/<slug:public_id>/", posts.post_detail, name="post-detail"),
    path("posts/<slug:public_id>/edit/", posts.post_edit, name="post-edit"),
    path("posts/<slug:public_id>/history/", posts.post_history, name="post-history"),
    path("posts/<slug:public_id>/history/<int:number>/erase/", posts.revision_erase, name="revision-erase"),
    path("posts/<slug:public_id>/report/", posts.post_report, name="post-report"),
    path("posts/<slug:public_id>/withdraw/", posts.post_withdraw, name="post-withdraw"),
    path("posts/<slug:public_id>/restore/", posts.post_restore, name="post-restore"),
    path("<slug:space>/", spaces.space_detail, name="space-detail"),
    path("<slug:space>/new/", threads.thread_create, name="thread-create"),
    path("<slug:space>/read/", spaces.space_read, name="space-read"),
    path("<slug:space>/edit/", editing.space_edit, name="space-edit"),
    path("<slug:space>/archive/", editing.space_archive, name="space-archive"),
    path("<slug:space>/members/", editing.group_members, name="group-members"),
    path("<slug:space>/join/", spaces.group_join, name="group-join"),
    path("<slug:space>/leave/", spaces.group_leave, name="group-leave"),
    path("<slug:space>/<slug:thread>/", threads.thread_detail, name="thread-detail"),
    path("<slug:space>/<slug:thread>/reply/", threads.thread_reply, name="thread-reply"),
    path("<slug:space>/<slug:thread>/follow/", threads.thread_follow, name="thread-follow"),
    path("<slug:space>/<slug:thread>/write-up/", threads.thread_promote, name="thread-promote"),
    path("<slug:space>/<slug:thread>/moderate/", threads.thread_moderate, name="thread-moderate"),
    path("<slug:space>/<slug:thread>/move/", threads.thread_move, name="thread-move"),
]
