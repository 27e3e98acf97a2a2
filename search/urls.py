"""Addresses under /search/."""

from django.urls import path

from search import boards, views

urlpatterns = [
    path("search/", views.search_page, name="search"),
    path("search/suggest/", views.search_suggest, name="search-suggest"),
    path("search/picked/", views.search_picked, name="search-picked"),
    path("search/words/", boards.search_words, name="search-words"),
    path("search/words/settle/", boards.search_words_settle, name="search-words-settle"),
    path("search/synonyms/", boards.synonym_list, name="synonym-list"),
    path("search/synonyms/<slug:group>/switch/", boards.synonym_switch, name="synonym-switch"),
    path("search/similar/", views.search_similar, name="search-similar"),
    path("search/like/<str:thread>/", views.search_like, name="search-like"),
    path("search/saved/", views.saved_search_list, name="saved-search-list"),
    path("search/saved/<str:saved>/drop/", views.saved_search_drop, name="saved-search-drop"),
]
