"""Addresses of knowledge."""

from community.knowledge.urls import bulletins, landings, lineage, myths, sharing, writeups

urlpatterns = [
    *lineage.urlpatterns,
    *writeups.urlpatterns,
    *myths.urlpatterns,
    *bulletins.urlpatterns,
    *sharing.urlpatterns,
    *landings.urlpatterns,
]
