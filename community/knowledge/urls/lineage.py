"""Addresses of lineage, matching and peer review below /practices/. The words before `<slug>` are reserved."""

from django.urls import path

from community.knowledge.views import lineage, matching, reviews

REVIEW = "practices/review/<slug:public_id>/"

urlpatterns = [
    path("practices/match/", matching.practice_match, name="practice-match"),
    path("practices/adaptations/", lineage.adaptation_list, name="adaptation-list"),
    path("practices/adaptations/<slug:public_id>/report/", lineage.adaptation_report, name="adaptation-report"),
    path("practices/review/", reviews.review_queue, name="peer-review-queue"),
    path("practices/review/of/<slug:slug>/", reviews.review_sit, name="peer-review-sit"),
    path("practices/review/of/<slug:slug>/invite/", reviews.review_invite, name="peer-review-invite"),
    path(REVIEW, reviews.review_detail, name="peer-review"),
    path(f"{REVIEW}begin/", reviews.review_begin, name="peer-review-begin"),
    path(f"{REVIEW}give-up/", reviews.review_give_up, name="peer-review-give-up"),
    path(f"{REVIEW}remarks/", reviews.remark_create, name="peer-review-remark"),
    path(f"{REVIEW}remarks/<int:remark>/remove/", reviews.remark_remove, name="peer-review-remark-remove"),
    path(f"{REVIEW}verdict/", reviews.review_verdict, name="peer-review-verdict"),
    path("practices/<slug:slug>/lineage/", lineage.lineage_detail, name="writeup-lineage"),
    path("practices/<slug:slug>/facing/", lineage.facing_say, name="writeup-face"),
    path("practices/<slug:slug>/facing/withdraw/", lineage.facing_withdraw, name="writeup-face-withdraw"),
    path("practices/<slug:slug>/adapt/", lineage.writeup_adapt, name="writeup-adapt"),
    path("practices/<slug:slug>/reviews/", reviews.writeup_reviews, name="writeup-reviews"),
    path("practices/<slug:slug>/certainty/", reviews.writeup_certainty, name="writeup-certainty"),
]
