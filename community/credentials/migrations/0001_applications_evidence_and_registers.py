"""Applications, evidence, decisions and what registers say."""

import community.core.clock
import community.core.models
import community.core.vault
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from community.core.tables import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0003_unions_of_audiences"),
        ("members", "0003_members_choose_a_language"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="RegisterImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("register", models.CharField(max_length=16)),
                        ("kind", models.CharField(max_length=24)),
                        ("file_name", models.CharField(max_length=255)),
                        ("digest", models.CharField(max_length=64)),
                        ("rows_read", models.PositiveBigIntegerField(default=0)),
                        ("added", models.PositiveBigIntegerField(default=0)),
                        ("changed", models.PositiveBigIntegerField(default=0)),
                        ("deactivated", models.PositiveBigIntegerField(default=0)),
                        ("unchanged", models.PositiveBigIntegerField(default=0)),
                        ("passed_over", models.PositiveBigIntegerField(default=0)),
                        ("refused", models.PositiveBigIntegerField(default=0)),
                        ("refusals", models.JSONField(default=dict)),
                        ("started_at", models.DateTimeField(default=community.core.clock.now)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("was_complete", models.BooleanField(default=False)),
                    ],
                    options={
                        "verbose_name": "register import",
                        "verbose_name_plural": "register imports",
                        "ordering": ["-started_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Application",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                default=community.core.models.new_public_id, editable=False, max_length=16, unique=True
                            ),
                        ),
                        (
                            "seeks",
                            models.CharField(
                                choices=[
                                    ("clinician", "I practise, and my profession is registered"),
                                    ("learner", "I am a student of a health profession"),
                                ],
                                default="clinician",
                                max_length=16,
                                verbose_name="I apply as",
                            ),
                        ),
                        ("register_slug", models.CharField(blank=True, max_length=40, verbose_name="register")),
                        ("number", models.CharField(blank=True, max_length=40, verbose_name="registration number")),
                        (
                            "given_name",
                            models.CharField(blank=True, max_length=80, verbose_name="given name as registered"),
                        ),
                        (
                            "family_name",
                            models.CharField(blank=True, max_length=80, verbose_name="family name as registered"),
                        ),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note to the reviewer")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Waiting for a reviewer"),
                                    ("in_review", "In review"),
                                    ("more_info", "More is needed from you"),
                                    ("verified", "Verified"),
                                    ("rejected", "Not verified"),
                                    ("due", "Renewal is due"),
                                    ("expired", "Expired"),
                                    ("suspended", "Suspended"),
                                    ("revoked", "Revoked"),
                                    ("withdrawn", "Withdrawn"),
                                    ("entered_in_error", "Entered in error"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        (
                            "reason_code",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("complete", "The evidence is complete and agrees"),
                                    ("checked_again", "Checked again and in order"),
                                    ("appeal_granted", "The appeal was granted"),
                                    (
                                        "need_document",
                                        "Please add a document: licence, badge, certificate or employer letter",
                                    ),
                                    ("need_clearer", "Please add a clearer or complete copy of the document"),
                                    (
                                        "need_control",
                                        "Please prove that you are this person: a code, a document or two peers",
                                    ),
                                    (
                                        "need_name",
                                        "Please show how your name and the name on the register belong together",
                                    ),
                                    ("need_number", "Please check the register and the number you gave"),
                                    ("number_unknown", "The register does not show an active entry that matches"),
                                    ("name_mismatch", "The name does not agree with the register or the document"),
                                    ("document_doubtful", "The document could not be accepted as genuine"),
                                    ("document_expired", "The document is out of date"),
                                    ("not_eligible", "The profession or training is not one this community verifies"),
                                    ("number_of_other", "The number belongs to another person"),
                                    ("no_answer", "What was asked for did not arrive"),
                                    ("register_deactivated", "The register reports the number as deactivated"),
                                    ("register_changed", "The entry on the register has changed"),
                                    ("contact_bounced", "The address that proved control no longer accepts mail"),
                                    ("vouchers_lost", "Half or more of the peers who vouched no longer stand for it"),
                                    (
                                        "name_changed",
                                        "The name on the account was changed and needs to be checked again",
                                    ),
                                    ("number_contested", "Another account claims the same number"),
                                    ("sanction", "A moderator's decision under the code of conduct"),
                                    ("fraud", "The verification was obtained by deception"),
                                    ("struck_off", "The register has removed the entry"),
                                    ("lapsed", "The evidence is older than its lifetime"),
                                    ("by_member", "At the member's own wish"),
                                    ("superseded", "Replaced by a newer verification"),
                                    ("wrong_account", "Recorded on the wrong account"),
                                    ("reviewer_error", "A reviewer's mistake"),
                                ],
                                editable=False,
                                max_length=24,
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("verified", "Verified against a register"),
                                    ("verified_document", "Verified by document"),
                                    ("learner", "Learner"),
                                ],
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        (
                            "flag",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("complete", "The evidence is complete and agrees"),
                                    ("checked_again", "Checked again and in order"),
                                    ("appeal_granted", "The appeal was granted"),
                                    (
                                        "need_document",
                                        "Please add a document: licence, badge, certificate or employer letter",
                                    ),
                                    ("need_clearer", "Please add a clearer or complete copy of the document"),
                                    (
                                        "need_control",
                                        "Please prove that you are this person: a code, a document or two peers",
                                    ),
                                    (
                                        "need_name",
                                        "Please show how your name and the name on the register belong together",
                                    ),
                                    ("need_number", "Please check the register and the number you gave"),
                                    ("number_unknown", "The register does not show an active entry that matches"),
                                    ("name_mismatch", "The name does not agree with the register or the document"),
                                    ("document_doubtful", "The document could not be accepted as genuine"),
                                    ("document_expired", "The document is out of date"),
                                    ("not_eligible", "The profession or training is not one this community verifies"),
                                    ("number_of_other", "The number belongs to another person"),
                                    ("no_answer", "What was asked for did not arrive"),
                                    ("register_deactivated", "The register reports the number as deactivated"),
                                    ("register_changed", "The entry on the register has changed"),
                                    ("contact_bounced", "The address that proved control no longer accepts mail"),
                                    ("vouchers_lost", "Half or more of the peers who vouched no longer stand for it"),
                                    (
                                        "name_changed",
                                        "The name on the account was changed and needs to be checked again",
                                    ),
                                    ("number_contested", "Another account claims the same number"),
                                    ("sanction", "A moderator's decision under the code of conduct"),
                                    ("fraud", "The verification was obtained by deception"),
                                    ("struck_off", "The register has removed the entry"),
                                    ("lapsed", "The evidence is older than its lifetime"),
                                    ("by_member", "At the member's own wish"),
                                    ("superseded", "Replaced by a newer verification"),
                                    ("wrong_account", "Recorded on the wrong account"),
                                    ("reviewer_error", "A reviewer's mistake"),
                                ],
                                editable=False,
                                max_length=24,
                            ),
                        ),
                        ("policy_version", models.PositiveSmallIntegerField(default=1, editable=False)),
                        ("started_at", models.DateTimeField(default=community.core.clock.now, editable=False)),
                        ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("waiting_since", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("verified_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("expires_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("renewal_asked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("reminded_days", models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                        ("claimed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "appeal_of",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeal",
                                to="credentials.application",
                            ),
                        ),
                        (
                            "claimed_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "country",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="members.country",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="applications",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "profession",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="members.profession",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="credentials.decision",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "application",
                        "verbose_name_plural": "applications",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(fields=["member", "state"], name="application_of_member"),
                            models.Index(fields=["register_slug", "number"], name="application_number"),
                            models.Index(fields=["state", "expires_at"], name="application_expiry"),
                            models.Index(fields=["waiting_since"], name="application_waiting"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["draft", "in_review", "more_info", "submitted"])),
                                fields=("member",),
                                name="one_open_application_for_a_member",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["due", "verified"])),
                                fields=("member",),
                                name="one_approval_for_a_member",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ["due", "verified"]),
                                    models.Q(("number", ""), _negated=True),
                                    models.Q(("register_slug", "other"), _negated=True),
                                ),
                                fields=("register_slug", "number"),
                                name="one_approval_for_a_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["due", "verified"]), _negated=True),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("expires_at__isnull", False),
                                        ("verified_at__isnull", False),
                                        models.Q(("level", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="approval_has_level_and_dates",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expires_at__isnull", True),
                                    ("expires_at__gt", models.F("verified_at")),
                                    _connector="OR",
                                ),
                                name="approval_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("submit", "submitted"),
                                    ("claim", "taken up"),
                                    ("ask_more", "more requested"),
                                    ("answer", "answered"),
                                    ("verify", "verified"),
                                    ("reject", "rejected"),
                                    ("fall_due", "renewal fell due"),
                                    ("renew", "renewed"),
                                    ("expire", "expired"),
                                    ("suspend", "suspended"),
                                    ("reinstate", "reinstated"),
                                    ("revoke", "revoked"),
                                    ("withdraw", "withdrawn"),
                                    ("annul", "marked as entered in error"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "effect",
                            models.CharField(
                                choices=[
                                    ("done", "took effect"),
                                    ("proposed", "waits for a second reviewer"),
                                    ("disagreed", "the second reviewer disagreed"),
                                    ("flag_cleared", "a flag was looked at and cleared"),
                                ],
                                default="done",
                                max_length=12,
                            ),
                        ),
                        (
                            "reason_code",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("complete", "The evidence is complete and agrees"),
                                    ("checked_again", "Checked again and in order"),
                                    ("appeal_granted", "The appeal was granted"),
                                    (
                                        "need_document",
                                        "Please add a document: licence, badge, certificate or employer letter",
                                    ),
                                    ("need_clearer", "Please add a clearer or complete copy of the document"),
                                    (
                                        "need_control",
                                        "Please prove that you are this person: a code, a document or two peers",
                                    ),
                                    (
                                        "need_name",
                                        "Please show how your name and the name on the register belong together",
                                    ),
                                    ("need_number", "Please check the register and the number you gave"),
                                    ("number_unknown", "The register does not show an active entry that matches"),
                                    ("name_mismatch", "The name does not agree with the register or the document"),
                                    ("document_doubtful", "The document could not be accepted as genuine"),
                                    ("document_expired", "The document is out of date"),
                                    ("not_eligible", "The profession or training is not one this community verifies"),
                                    ("number_of_other", "The number belongs to another person"),
                                    ("no_answer", "What was asked for did not arrive"),
                                    ("register_deactivated", "The register reports the number as deactivated"),
                                    ("register_changed", "The entry on the register has changed"),
                                    ("contact_bounced", "The address that proved control no longer accepts mail"),
                                    ("vouchers_lost", "Half or more of the peers who vouched no longer stand for it"),
                                    (
                                        "name_changed",
                                        "The name on the account was changed and needs to be checked again",
                                    ),
                                    ("number_contested", "Another account claims the same number"),
                                    ("sanction", "A moderator's decision under the code of conduct"),
                                    ("fraud", "The verification was obtained by deception"),
                                    ("struck_off", "The register has removed the entry"),
                                    ("lapsed", "The evidence is older than its lifetime"),
                                    ("by_member", "At the member's own wish"),
                                    ("superseded", "Replaced by a newer verification"),
                                    ("wrong_account", "Recorded on the wrong account"),
                                    ("reviewer_error", "A reviewer's mistake"),
                                ],
                                max_length=24,
                            ),
                        ),
                        (
                            "from_state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Waiting for a reviewer"),
                                    ("in_review", "In review"),
                                    ("more_info", "More is needed from you"),
                                    ("verified", "Verified"),
                                    ("rejected", "Not verified"),
                                    ("due", "Renewal is due"),
                                    ("expired", "Expired"),
                                    ("suspended", "Suspended"),
                                    ("revoked", "Revoked"),
                                    ("withdrawn", "Withdrawn"),
                                    ("entered_in_error", "Entered in error"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "to_state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Waiting for a reviewer"),
                                    ("in_review", "In review"),
                                    ("more_info", "More is needed from you"),
                                    ("verified", "Verified"),
                                    ("rejected", "Not verified"),
                                    ("due", "Renewal is due"),
                                    ("expired", "Expired"),
                                    ("suspended", "Suspended"),
                                    ("revoked", "Revoked"),
                                    ("withdrawn", "Withdrawn"),
                                    ("entered_in_error", "Entered in error"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "application",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="decisions",
                                to="credentials.application",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "seconds",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seconded",
                                to="credentials.decision",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "decision",
                        "verbose_name_plural": "decisions",
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["reviewer", "at"], name="decision_of_reviewer")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("seconds__isnull", True), ("reviewer__isnull", False), _connector="OR"
                                ),
                                name="second_opinion_has_a_reviewer",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                default=community.core.models.new_public_id, editable=False, max_length=16, unique=True
                            ),
                        ),
                        (
                            "letter",
                            models.CharField(
                                choices=[
                                    ("A", "Register match"),
                                    ("B", "Proof of control"),
                                    ("C", "Document"),
                                    ("D", "Peers who vouch"),
                                    ("E", "Supporting"),
                                ],
                                max_length=1,
                                verbose_name="class",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("register_bulk", "Register entry, imported"),
                                    ("register_seen", "Register entry, read by a reviewer"),
                                    ("register_contact", "Code sent to the contact on the register"),
                                    ("institution_mail", "Code sent to an institutional address"),
                                    ("call_back", "Call back to a number that register or employer publishes"),
                                    ("licence", "Licence or registration certificate"),
                                    ("badge", "Employer's badge"),
                                    ("diploma", "Diploma or certificate of training"),
                                    ("employer_letter", "Letter from an employer"),
                                    ("student_proof", "Proof of enrolment"),
                                    ("peers", "Verified peers"),
                                    ("orcid", "ORCID record"),
                                    ("publication", "Publication"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("issuer", models.CharField(blank=True, max_length=120, verbose_name="issued by")),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("offered", "To be looked at"),
                                    ("accepted", "Accepted"),
                                    ("refused", "Not accepted"),
                                    ("lost", "No longer counts"),
                                ],
                                default="offered",
                                max_length=8,
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=community.core.clock.now)),
                        ("obtained_at", models.DateTimeField(default=community.core.clock.now)),
                        ("checked_at", models.DateTimeField(blank=True, null=True)),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        ("valid_until", models.DateTimeField(blank=True, null=True)),
                        ("contact", community.core.vault.EncryptedTextField(blank=True, default="")),
                        ("contact_digest", models.CharField(blank=True, db_index=True, max_length=64)),
                        ("stored_name", models.CharField(blank=True, max_length=40)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("size", models.PositiveIntegerField(default=0)),
                        ("pages", models.PositiveSmallIntegerField(default=0)),
                        ("media_type", models.CharField(blank=True, max_length=40)),
                        ("file_deleted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evidence",
                                to="credentials.application",
                            ),
                        ),
                        (
                            "judged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evidence",
                        "verbose_name_plural": "evidence",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("standing", "accepted"), _negated=True),
                                    ("valid_until__isnull", False),
                                    _connector="OR",
                                ),
                                name="accepted_evidence_has_an_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stored_name", ""),
                                    models.Q(
                                        models.Q(("sha256", ""), _negated=True),
                                        models.Q(("media_type", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="evidence_file_is_described",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("stored_name", ""), _negated=True),
                                fields=("stored_name",),
                                name="evidence_file_stored_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegisterEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("register", models.CharField(max_length=16)),
                        ("number", models.CharField(max_length=32)),
                        ("given_name", models.CharField(blank=True, max_length=120)),
                        ("family_name", models.CharField(blank=True, max_length=120)),
                        ("other_names", models.JSONField(blank=True, default=list)),
                        ("credential_text", models.CharField(blank=True, max_length=80)),
                        ("codes", models.CharField(blank=True, max_length=400)),
                        ("regions", models.CharField(blank=True, max_length=400)),
                        ("country", models.CharField(blank=True, max_length=2)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("active", "Active"),
                                    ("in_training", "In training"),
                                    ("deactivated", "Deactivated"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("enumerated_on", models.DateField(blank=True, null=True)),
                        ("updated_on", models.DateField(blank=True, null=True)),
                        ("deactivated_on", models.DateField(blank=True, null=True)),
                        ("reactivated_on", models.DateField(blank=True, null=True)),
                        ("checksum", models.BigIntegerField()),
                        (
                            "changed_in",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="credentials.registerimport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "register entry",
                        "verbose_name_plural": "register entries",
                        "constraints": [
                            models.UniqueConstraint(fields=("register", "number"), name="one_entry_for_a_number")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewedDomain",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("domain", models.CharField(max_length=253, unique=True, verbose_name="domain")),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("pending", "Not looked at yet"),
                                    ("medical", "Only health workers have addresses here"),
                                    ("mixed", "Others have addresses here, too"),
                                    ("refused", "Anybody can have an address here"),
                                ],
                                default="pending",
                                max_length=8,
                                verbose_name="decision",
                            ),
                        ),
                        ("institution", models.CharField(blank=True, max_length=160, verbose_name="institution")),
                        ("asked_at", models.DateTimeField(default=community.core.clock.now)),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "mail domain",
                        "verbose_name_plural": "mail domains",
                        "ordering": ["domain"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("verdict", "pending"), ("reviewed_at__isnull", False), _connector="OR"
                                ),
                                name="domain_verdict_has_a_date",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Vouch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                default=community.core.models.new_public_id, editable=False, max_length=16, unique=True
                            ),
                        ),
                        (
                            "known",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("colleague", "We work or worked in the same service"),
                                    ("supervisor", "I supervised or trained this person"),
                                    ("trained", "We trained together"),
                                    ("committee", "We serve or served on a professional body together"),
                                ],
                                max_length=12,
                                verbose_name="how I know this person",
                            ),
                        ),
                        ("employer", models.CharField(blank=True, max_length=160, verbose_name="where I work")),
                        ("asked_at", models.DateTimeField(default=community.core.clock.now)),
                        ("given_at", models.DateTimeField(blank=True, null=True)),
                        ("declined_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="vouches",
                                to="credentials.application",
                            ),
                        ),
                        (
                            "voucher",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="vouches_asked",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vouch",
                        "verbose_name_plural": "vouches",
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["voucher", "given_at"], name="vouch_of_voucher")],
                        "constraints": [
                            models.UniqueConstraint(fields=("application", "voucher"), name="one_vouch_of_a_peer"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("given_at__isnull", True),
                                    models.Q(("declined_at__isnull", True), models.Q(("known", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="given_vouch_says_how_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Challenge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                default=community.core.models.new_public_id, editable=False, max_length=16, unique=True
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("register_contact", "register_contact"),
                                    ("institution_mail", "institution_mail"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("address", community.core.vault.EncryptedTextField(blank=True, default="")),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("asked_at", models.DateTimeField(default=community.core.clock.now)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("expires_at", models.DateTimeField(blank=True, null=True)),
                        ("passed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="challenges",
                                to="credentials.application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "code",
                        "verbose_name_plural": "codes",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("tries__lte", 5)), name="challenge_at_most_five_tries"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("digest", ""), ("expires_at__gt", models.F("sent_at")), _connector="OR"
                                ),
                                name="challenge_ends",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
