"""Addresses of the review hub, the moderators' queue, and the outcome that authors and reporters read."""

from django.urls import path

from community.moderation import views

urlpatterns = [
    path("review/", views.review_home, name="review-home"),
    path("review/queue/", views.review_list, name="review-list"),
    path("review/queue/next/", views.review_next, name="review-next"),
    path("review/queue/<slug:public_id>/", views.review_detail, name="review-detail"),
    path("review/queue/<slug:public_id>/claim/", views.review_claim, name="review-claim"),
    path("review/queue/<slug:public_id>/unclaim/", views.review_unclaim, name="review-unclaim"),
    path("review/queue/<slug:public_id>/decide/", views.review_decide, name="review-decide"),
    path("review/queue/<slug:public_id>/sanction/", views.review_sanction, name="review-sanction"),
    path("review/sanctions/<slug:public_id>/lift/", views.sanction_lift, name="sanction-lift"),
    path("review/outcome/<slug:public_id>/", views.review_outcome, name="review-outcome"),
]
