"""Addresses of rumours and of the myths' desk. The checks themselves are Wagtail's pages at /myths/."""

from django.urls import path

from community.knowledge.views import myths, sorting

urlpatterns = [
    path("myths/rumours/", myths.rumour_list, name="rumour-list"),
    path("myths/rumours/<str:public_id>/", myths.rumour_act, name="rumour-act"),
    path("myths/rumours/<str:public_id>/sort/", sorting.rumour_sort, name="rumour-sort"),
    path("myths/desk/", myths.myth_desk, name="myth-desk"),
    path("myths/desk/new/", myths.myth_create, name="myth-create"),
    path("myths/desk/<slug:slug>/", myths.myth_edit, name="myth-edit"),
    path("myths/desk/<slug:slug>/review/", myths.myth_review, name="myth-review"),
    path("myths/desk/<slug:slug>/publish/", myths.myth_publish, name="myth-publish"),
]
