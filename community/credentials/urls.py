"""Addresses of verification: the applicant's, the voucher's and the verifier's."""

from django.urls import path

from community.credentials.views import applicant, verifier, voucher

REVIEW = "review/verification/<str:public_id>/"

urlpatterns = [
    path("verification/", applicant.verification_home, name="verification-home"),
    path("verification/start/", applicant.verification_start, name="verification-start"),
    path("verification/claim/", applicant.claim_edit, name="verification-claim"),
    path("verification/register/", applicant.registration_edit, name="verification-registration"),
    path("verification/proof/", applicant.proof_choose, name="verification-proof"),
    path("verification/address/", applicant.address_add, name="verification-address"),
    path("verification/code/<str:public_id>/", applicant.code_enter, name="verification-code"),
    path("verification/code/<str:public_id>/send/", applicant.code_send, name="verification-code-send"),
    path("verification/document/", applicant.document_add, name="verification-document"),
    path(
        "verification/document/<str:public_id>/remove/", applicant.document_remove, name="verification-document-remove"
    ),
    path("verification/peers/", applicant.peer_ask, name="verification-peers"),
    path("verification/submit/", applicant.application_submit, name="verification-submit"),
    path("verification/withdraw/", applicant.application_withdraw, name="verification-withdraw"),
    path("verification/appeal/", applicant.decision_appeal, name="verification-appeal"),
    path("verification/renew/", applicant.renewal_ask, name="verification-renew"),
    path("verification/conduct/", applicant.conduct_agree, name="verification-conduct"),
    path("verification/record.json", applicant.record_json, name="verification-record"),
    path("verification/vouches/<str:public_id>/", voucher.vouch_answer, name="vouch-answer"),
    path("verification/vouches/<str:public_id>/decline/", voucher.vouch_decline, name="vouch-decline"),
    path("verification/vouches/<str:public_id>/withdraw/", voucher.vouch_withdraw, name="vouch-withdraw"),
    path("review/verification/", verifier.verification_queue, name="verification-queue"),
    path("review/verification/next/", verifier.review_next, name="verification-next"),
    path("review/verification/domains/", verifier.domain_list, name="verification-domains"),
    path("review/verification/domains/<int:pk>/", verifier.domain_review, name="verification-domain-review"),
    path(REVIEW, verifier.verification_review, name="verification-review"),
    path(f"{REVIEW}claim/", verifier.review_claim, name="verification-review-claim"),
    path(f"{REVIEW}release/", verifier.review_release, name="verification-review-release"),
    path(f"{REVIEW}decide/", verifier.review_decide, name="verification-review-decide"),
    path(f"{REVIEW}second/", verifier.review_second, name="verification-review-second"),
    path(f"{REVIEW}clear/", verifier.review_clear, name="verification-review-clear"),
    path(f"{REVIEW}suspend/", verifier.review_suspend, name="verification-review-suspend"),
    path(f"{REVIEW}reading/", verifier.review_reading, name="verification-review-reading"),
    path(f"{REVIEW}contact/", verifier.review_contact, name="verification-review-contact"),
    path(f"{REVIEW}record.json", verifier.review_record, name="verification-review-record"),
    path(f"{REVIEW}evidence/<str:evidence_id>/judge/", verifier.evidence_judge, name="evidence-judge"),
    path(f"{REVIEW}evidence/<str:evidence_id>/open/", verifier.evidence_open, name="evidence-open"),
    path(f"{REVIEW}evidence/<str:evidence_id>/<int:page>/", verifier.evidence_page, name="evidence-page"),
]
