"""Addresses under /search/."""

from django.urls import path

from search import views

urlpatterns = [
    path("search/", views.search_page, name="search"),
    path("search/suggest/", views.search_suggest, name="search-suggest"),
    path("search/similar/", views.search_similar, name="search-similar"),
    path("search/like/<str:thread>/", views.search_like, name="search-like"),
    path("search/saved/", views.saved_search_list, name="saved-search-list"),
    path("search/saved/<str:saved>/drop/", views.saved_search_drop, name="saved-search-drop"),
]
