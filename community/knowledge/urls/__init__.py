"""Addresses of knowledge."""

from community.knowledge.urls import bulletins, landings, lineage, myths, sharing, translations, writeups

urlpatterns = [
    *lineage.urlpatterns,
    *translations.urlpatterns,
    *writeups.urlpatterns,
    *myths.urlpatterns,
    *bulletins.urlpatterns,
    *sharing.urlpatterns,
    *landings.urlpatterns,
]
