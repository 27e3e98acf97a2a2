"""Addresses of write-ups in other languages."""

from django.urls import path

from community.knowledge.views import translations

urlpatterns = [
    path("practices/translations/", translations.translation_list, name="translation-list"),
    path("practices/<slug:slug>/translate/", translations.translation_start, name="translation-start"),
    path("practices/<slug:slug>/in/<slug:language>/", translations.translation_read, name="translation"),
    path("practices/<slug:slug>/in/<slug:language>/write/", translations.translation_write, name="translation-write"),
    path(
        "practices/<slug:slug>/in/<slug:language>/answer/", translations.translation_answer, name="translation-answer"
    ),
]
