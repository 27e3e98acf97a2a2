"""Webinars and series, their rooms, questions and polls, and what is taken and kept of their video."""

import community.core.clock
import community.core.models
import community.core.vault
import django.db.models.deletion
import taggit.managers
import uuid
from django.conf import settings
from django.db import migrations, models

from community.core.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("webinars", "0001_webinars_rooms_questions_and_polls"),
        ("webinars", "0002_takes_segments_and_uploads"),
        ("webinars", "0003_places_in_recordings"),
        ("webinars", "0004_plans_tell_what_changed"),
        ("webinars", "0005_slides_are_prepared_and_held"),
        ("webinars", "0006_words_that_went_away_stay_sealed"),
        ("webinars", "0007_segments_lose_their_files"),
        ("webinars", "0009_takes_with_other_codecs"),
        ("webinars", "0010_plans_wait_for_moderators"),
    ]

    initial = True

    dependencies = [
        ("core", "0003_unions_of_audiences"),
        ("knowledge", "0001_pages_write_ups_myths_and_bulletins"),
        ("members", "0003_members_choose_a_language"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Room",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("last_seq", models.PositiveBigIntegerField(default=0)),
                        ("epoch", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("tallies_due", models.BooleanField(db_index=True, default=False)),
                        ("tallied_at", models.DateTimeField(blank=True, null=True)),
                        ("slide", models.PositiveIntegerField(default=0)),
                        (
                            "webinar",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="room", to="webinars.webinar"
                            ),
                        ),
                        (
                            "deck",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="webinars.deck",
                            ),
                        ),
                        ("told_hands", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "room",
                        "verbose_name_plural": "rooms",
                    },
                ),
                migrations.CreateModel(
                    name="FeedKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                        (
                            "member",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="webinar_feed_key",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="HeldLine",
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
                                    ("chat", "Chat line"),
                                    ("question", "Question"),
                                    ("answer", "Answer to a poll"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("held", "Waiting for a moderator"),
                                    ("released", "Published"),
                                    ("refused", "Not published"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="held",
                                max_length=10,
                            ),
                        ),
                        ("details", models.JSONField(default=dict)),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="held_room_lines",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="held_lines",
                                to="webinars.room",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "held line",
                        "verbose_name_plural": "held lines",
                    },
                ),
                migrations.CreateModel(
                    name="Series",
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
                        ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                        ("title", models.CharField(max_length=160, verbose_name="title")),
                        (
                            "summary",
                            models.CharField(blank=True, max_length=400, verbose_name="in one or two sentences"),
                        ),
                        (
                            "organiser",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="webinar_series",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "series",
                        "verbose_name_plural": "series",
                        "ordering": ["title"],
                    },
                ),
                migrations.CreateModel(
                    name="Webinar",
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
                        ("audience", models.CharField(db_index=True, max_length=64, verbose_name="audience")),
                        ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                        ("title", models.CharField(max_length=160, verbose_name="title")),
                        (
                            "summary",
                            models.CharField(blank=True, max_length=400, verbose_name="in one or two sentences"),
                        ),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        ("description_html", models.TextField(blank=True, editable=False)),
                        (
                            "objectives",
                            models.TextField(
                                blank=True, help_text="One on each line.", verbose_name="learning objectives"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("scheduled", "Scheduled"),
                                    ("live", "Live now"),
                                    ("ended", "Recording"),
                                    ("cancelled", "Cancelled"),
                                ],
                                db_index=True,
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        (
                            "for_whom",
                            models.CharField(default="verified", max_length=64, verbose_name="who may attend"),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="begins")),
                        ("ends_at", models.DateTimeField(verbose_name="ends")),
                        (
                            "time_zone",
                            models.CharField(default="UTC", max_length=40, verbose_name="time zone of the organiser"),
                        ),
                        ("language", models.CharField(default="en", max_length=12, verbose_name="language")),
                        ("capacity", models.PositiveIntegerField(blank=True, null=True, verbose_name="places")),
                        (
                            "needs_approval",
                            models.BooleanField(default=False, verbose_name="registrations need approval"),
                        ),
                        (
                            "video_source",
                            models.CharField(
                                choices=[
                                    ("browser", "From the presenter’s browser"),
                                    ("ingest", "From OBS or another program, over our own server"),
                                    ("hls", "An HLS address of our own (OBS, MediaMTX)"),
                                    ("youtube", "YouTube"),
                                    ("vimeo", "Vimeo"),
                                    ("link", "A meeting link, such as Zoom"),
                                    ("upload", "A recording that was made elsewhere"),
                                ],
                                default="browser",
                                max_length=10,
                                verbose_name="video",
                            ),
                        ),
                        ("video_url", models.URLField(blank=True, max_length=400, verbose_name="address of the video")),
                        (
                            "broadcast_delay",
                            models.PositiveSmallIntegerField(default=0, verbose_name="broadcast delay in seconds"),
                        ),
                        ("chat_open", models.BooleanField(default=True, verbose_name="chat is open")),
                        (
                            "slow_seconds",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="seconds between two lines of one person"
                            ),
                        ),
                        (
                            "questions_queued",
                            models.BooleanField(default=False, verbose_name="a moderator looks at questions first"),
                        ),
                        ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(default=community.core.clock.now, editable=False)),
                        ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("started_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("countries", models.ManyToManyField(blank=True, related_name="+", to="members.country")),
                        (
                            "cover",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="knowledge.picture",
                            ),
                        ),
                        (
                            "handouts",
                            models.ManyToManyField(blank=True, related_name="webinars", to="knowledge.handout"),
                        ),
                        (
                            "organiser",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="webinars_organised",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="webinars",
                                to="webinars.series",
                            ),
                        ),
                        (
                            "specialties",
                            models.ManyToManyField(blank=True, related_name="webinars", to="members.specialty"),
                        ),
                        (
                            "tags",
                            taggit.managers.TaggableManager(
                                blank=True,
                                help_text="A comma-separated list of tags.",
                                through="taggit.TaggedItem",
                                to="taggit.Tag",
                                verbose_name="Tags",
                            ),
                        ),
                        (
                            "change_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what those who registered should know"
                            ),
                        ),
                        ("changed_at", models.DateTimeField(default=community.core.clock.now, editable=False)),
                        ("moved_from", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("held_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("hidden_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("is_read", models.BooleanField(default=False, editable=False)),
                    ],
                    options={
                        "verbose_name": "webinar",
                        "verbose_name_plural": "webinars",
                        "ordering": ["starts_at", "id"],
                        "indexes": [models.Index(fields=["state", "starts_at"], name="webinars_by_start")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="webinar_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("broadcast_delay__lte", 60)), name="webinar_delay_within_a_minute"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "slug__in",
                                        [
                                            "calendar",
                                            "invitations",
                                            "media",
                                            "mine",
                                            "new",
                                            "past",
                                            "recordings",
                                            "series",
                                            "slides",
                                        ],
                                    ),
                                    _negated=True,
                                ),
                                name="webinar_slug_not_reserved",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Speaker",
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
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "title",
                            models.CharField(blank=True, max_length=160, verbose_name="profession and institution"),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail of a guest")),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("invitation", models.CharField(blank=True, editable=False, max_length=64)),
                        ("invited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("accepted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("coi_none", models.BooleanField(default=False, verbose_name="no conflict of interest")),
                        (
                            "coi_statement",
                            models.CharField(blank=True, max_length=500, verbose_name="conflicts of interest"),
                        ),
                        ("coi_declared_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="webinars_spoken",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "webinar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="speakers",
                                to="webinars.webinar",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "speaker",
                        "verbose_name_plural": "speakers",
                        "ordering": ["position", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("member__isnull", False)),
                                fields=("webinar", "member"),
                                name="speaker_member_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Registration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("registered", "Registered"),
                                    ("asked", "Waiting for approval"),
                                    ("waiting", "On the waiting list"),
                                    ("declined", "Declined"),
                                    ("cancelled", "Cancelled"),
                                    ("removed", "Removed"),
                                ],
                                default="registered",
                                max_length=10,
                            ),
                        ),
                        ("registered_at", models.DateTimeField(default=community.core.clock.now)),
                        ("remind_day", models.BooleanField(default=True, verbose_name="a day before")),
                        ("remind_hour", models.BooleanField(default=True, verbose_name="an hour before")),
                        ("remind_ten", models.BooleanField(default=True, verbose_name="ten minutes before")),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="webinar_registrations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "webinar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="registrations",
                                to="webinars.webinar",
                            ),
                        ),
                        ("reminded", models.PositiveSmallIntegerField(default=0, editable=False)),
                    ],
                    options={
                        "verbose_name": "registration",
                        "verbose_name_plural": "registrations",
                        "ordering": ["registered_at", "id"],
                        "indexes": [models.Index(fields=["webinar", "state"], name="registrations_by_state")],
                        "constraints": [
                            models.UniqueConstraint(fields=("webinar", "member"), name="one_registration_for_a_member")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
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
                        ("text", models.CharField(max_length=500, verbose_name="question")),
                        ("anonymous", models.BooleanField(default=False)),
                        ("who", models.JSONField(default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queue", "Waiting for a moderator"),
                                    ("visible", "Open"),
                                    ("live", "Being answered"),
                                    ("answered", "Answered"),
                                    ("dismissed", "Set aside"),
                                    ("merged", "Merged into another"),
                                    ("hidden", "Hidden by a moderator"),
                                    ("withdrawn", "Withdrawn by its author"),
                                ],
                                default="visible",
                                max_length=10,
                            ),
                        ),
                        ("score", models.PositiveIntegerField(default=0)),
                        ("told_score", models.PositiveIntegerField(default=0)),
                        ("pinned", models.BooleanField(default=False)),
                        ("in_advance", models.BooleanField(default=False)),
                        ("asked_at", models.DateTimeField(default=community.core.clock.now)),
                        ("media_at", models.FloatField(null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_media_at", models.FloatField(null=True)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="webinar_questions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="merged",
                                to="webinars.question",
                            ),
                        ),
                        (
                            "webinar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="webinars.webinar",
                            ),
                        ),
                        ("shown_seq", models.PositiveBigIntegerField(editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "question",
                        "verbose_name_plural": "questions",
                        "ordering": ["-score", "asked_at", "id"],
                        "indexes": [models.Index(fields=["webinar", "state", "-score"], name="questions_by_score")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "merged"), _negated=True),
                                    ("merged_into__isnull", False),
                                    _connector="OR",
                                ),
                                name="merged_question_names_its_target",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Poll",
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
                        ("prompt", models.CharField(max_length=300, verbose_name="question")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("single", "One answer"),
                                    ("multiple", "Several answers"),
                                    ("scale", "A scale of one to five"),
                                    ("text", "A few words"),
                                ],
                                default="single",
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "results",
                            models.CharField(
                                choices=[("live", "While people answer"), ("closed", "After it is closed")],
                                default="closed",
                                max_length=6,
                                verbose_name="results are shown",
                            ),
                        ),
                        (
                            "explanation",
                            models.CharField(blank=True, max_length=600, verbose_name="explanation shown afterwards"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "Not yet asked"), ("open", "Open"), ("closed", "Closed")],
                                default="draft",
                                max_length=6,
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("told", models.JSONField(default=dict, editable=False)),
                        ("tally_due", models.BooleanField(default=False, editable=False)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "webinar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="polls", to="webinars.webinar"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "poll",
                        "verbose_name_plural": "polls",
                        "ordering": ["position", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Deck",
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
                        ("title", models.CharField(max_length=120, verbose_name="title")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("working", "Being prepared"),
                                    ("ready", "Ready"),
                                    ("held", "Waiting for a moderator"),
                                    ("refused", "Not to be shown"),
                                    ("failed", "Could not be read"),
                                ],
                                default="working",
                                max_length=8,
                            ),
                        ),
                        ("page_count", models.PositiveSmallIntegerField(default=0)),
                        ("done_count", models.PositiveSmallIntegerField(default=0)),
                        ("uploaded_at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "webinar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="decks", to="webinars.webinar"
                            ),
                        ),
                        ("findings", models.JSONField(default=list, editable=False)),
                    ],
                    options={
                        "verbose_name": "slides",
                        "verbose_name_plural": "slides",
                        "ordering": ["-uploaded_at"],
                    },
                ),
                migrations.CreateModel(
                    name="CrewMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("organiser", "Organiser"),
                                    ("presenter", "Presenter"),
                                    ("moderator", "Moderator"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="webinar_crews",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "webinar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="crew", to="webinars.webinar"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "crew member",
                        "verbose_name_plural": "crew",
                        "constraints": [
                            models.UniqueConstraint(fields=("webinar", "member", "role"), name="one_role_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PollAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("choices", models.JSONField(default=list)),
                        ("text", models.CharField(blank=True, max_length=160)),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "poll",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="webinars.poll"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("poll", "member"), name="one_answer_for_a_member")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PollOption",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=160, verbose_name="answer")),
                        ("is_correct", models.BooleanField(default=False, verbose_name="correct")),
                        (
                            "poll",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="options", to="webinars.poll"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [models.UniqueConstraint(fields=("poll", "number"), name="option_number_once")],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionVote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="votes",
                                to="webinars.question",
                            ),
                        ),
                        (
                            "voter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("question", "voter"), name="one_vote_for_a_question")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ref", models.UUIDField()),
                        ("answer", models.JSONField(default=dict)),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "sender",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("sender", "ref"), name="receipt_ref_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Hand",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("raised_at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="hands", to="webinars.room"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["raised_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("room", "member"), name="one_hand_for_a_member")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoomEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveBigIntegerField()),
                        ("verb", models.CharField(max_length=32)),
                        ("body", models.JSONField(default=dict)),
                        ("is_anonymous", models.BooleanField(default=False)),
                        ("ref", models.UUIDField(null=True)),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        ("media_at", models.FloatField(null=True)),
                        (
                            "gone",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("edited", "Replaced by its author"),
                                    ("deleted", "Deleted by its author"),
                                    ("hidden", "Hidden by a moderator"),
                                    ("cut", "Cut"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="events", to="webinars.room"
                            ),
                        ),
                        (
                            "sender",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("sealed", community.core.vault.EncryptedTextField(blank=True, default="")),
                    ],
                    options={
                        "verbose_name": "event of a room",
                        "verbose_name_plural": "events of rooms",
                        "ordering": ["room_id", "seq"],
                        "indexes": [models.Index(fields=["room", "verb", "seq"], name="room_events_by_verb")],
                        "constraints": [
                            models.UniqueConstraint(fields=("room", "seq"), name="room_seq_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("ref__isnull", False)),
                                fields=("sender", "ref"),
                                name="room_ref_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoomLimit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("mute", "May read, may not write"), ("ban", "May not be in the room")],
                                max_length=4,
                            ),
                        ),
                        ("reason", models.CharField(max_length=16)),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="room_limits",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="limits", to="webinars.room"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at__isnull", True)),
                                fields=("room", "member", "kind"),
                                name="one_limit_in_force",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Slide",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("width", models.PositiveSmallIntegerField(default=0)),
                        ("height", models.PositiveSmallIntegerField(default=0)),
                        ("text", models.TextField(blank=True)),
                        (
                            "deck",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="slides", to="webinars.deck"
                            ),
                        ),
                        ("page", models.PositiveSmallIntegerField(default=0)),
                        ("small_width", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["deck_id", "number"],
                        "constraints": [models.UniqueConstraint(fields=("deck", "number"), name="slide_number_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Broadcast",
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
                        ("next_segment", models.PositiveIntegerField(default=0)),
                        ("media_end", models.FloatField(default=0)),
                        ("ends_at", models.DateTimeField(null=True)),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("created_at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "webinar",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="broadcast",
                                to="webinars.webinar",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "broadcast",
                        "verbose_name_plural": "broadcasts",
                    },
                ),
                migrations.CreateModel(
                    name="Caption",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("language", models.CharField(max_length=12)),
                        ("media_from", models.FloatField()),
                        ("media_to", models.FloatField()),
                        ("text", models.CharField(max_length=300, verbose_name="text")),
                        (
                            "webinar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="captions",
                                to="webinars.webinar",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "caption",
                        "verbose_name_plural": "captions",
                        "ordering": ["language", "media_from"],
                    },
                ),
                migrations.CreateModel(
                    name="Chapter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("media_at", models.FloatField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("question", "A question that was answered"),
                                    ("slide", "A slide"),
                                    ("own", "Set by the organisers"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="title")),
                        ("slide", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "question",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="webinars.question",
                            ),
                        ),
                        (
                            "webinar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="chapters",
                                to="webinars.webinar",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "chapter",
                        "verbose_name_plural": "chapters",
                        "ordering": ["media_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Take",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "container",
                            models.CharField(
                                blank=True,
                                choices=[("mp4", "MP4"), ("webm", "WebM"), ("mp4x", "MP4 with other codecs")],
                                max_length=4,
                            ),
                        ),
                        ("codecs", models.CharField(blank=True, max_length=80)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Running"),
                                    ("ending", "Being finished"),
                                    ("closed", "Finished"),
                                    ("failed", "Could not be read"),
                                ],
                                default="open",
                                max_length=6,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("clock_offset", models.FloatField(default=0)),
                        ("zero", models.FloatField(null=True)),
                        ("first_seq", models.PositiveIntegerField(null=True)),
                        ("next_seq", models.PositiveIntegerField(null=True)),
                        ("received", models.PositiveBigIntegerField(default=0)),
                        ("consumed", models.PositiveBigIntegerField(default=0)),
                        ("last_chunk_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("error", models.CharField(blank=True, max_length=24)),
                        ("packager", models.CharField(blank=True, max_length=24)),
                        ("packager_until", models.DateTimeField(null=True)),
                        (
                            "broadcast",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="takes",
                                to="webinars.broadcast",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "take",
                        "verbose_name_plural": "takes",
                        "ordering": ["broadcast_id", "number"],
                        "indexes": [models.Index(fields=["state", "last_chunk_at"], name="takes_by_state")],
                        "constraints": [
                            models.UniqueConstraint(fields=("broadcast", "number"), name="take_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rendition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                choices=[("main", "Picture and sound"), ("audio", "Sound only")], max_length=5
                            ),
                        ),
                        ("codecs", models.CharField(max_length=80)),
                        ("width", models.PositiveSmallIntegerField(default=0)),
                        ("height", models.PositiveSmallIntegerField(default=0)),
                        ("bandwidth", models.PositiveIntegerField(default=0)),
                        ("init_key", models.CharField(max_length=120)),
                        ("slate_key", models.CharField(blank=True, max_length=120)),
                        (
                            "take",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="renditions",
                                to="webinars.take",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rendition",
                        "verbose_name_plural": "renditions",
                        "constraints": [
                            models.UniqueConstraint(fields=("take", "name"), name="rendition_once_in_a_take")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Chunk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveIntegerField()),
                        ("offset", models.PositiveBigIntegerField()),
                        ("size", models.PositiveIntegerField()),
                        ("captured_at", models.DateTimeField(null=True)),
                        ("received_at", models.DateTimeField(default=community.core.clock.now)),
                        ("sha256", models.CharField(max_length=64)),
                        ("key", models.CharField(blank=True, max_length=120)),
                        (
                            "take",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="chunks", to="webinars.take"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "chunk",
                        "verbose_name_plural": "chunks",
                        "ordering": ["take_id", "seq"],
                        "constraints": [models.UniqueConstraint(fields=("take", "seq"), name="chunk_seq_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Upload",
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
                        ("size", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("part_size", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("receiving", "Being sent"),
                                    ("working", "Being prepared"),
                                    ("ready", "Ready"),
                                    ("failed", "Could not be used"),
                                    ("cancelled", "Given up"),
                                ],
                                default="receiving",
                                max_length=10,
                            ),
                        ),
                        ("progress", models.PositiveSmallIntegerField(default=0)),
                        ("error", models.CharField(blank=True, max_length=24)),
                        ("created_at", models.DateTimeField(default=community.core.clock.now)),
                        ("changed_at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "webinar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="uploads",
                                to="webinars.webinar",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "upload",
                        "verbose_name_plural": "uploads",
                        "ordering": ["-created_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["receiving", "working"])),
                                fields=("webinar",),
                                name="one_upload_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UploadPart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "upload",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="webinars.upload"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [models.UniqueConstraint(fields=("upload", "number"), name="upload_part_once")],
                    },
                ),
                migrations.CreateModel(
                    name="AttendanceInterval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("media_from", models.FloatField()),
                        ("media_to", models.FloatField()),
                        ("source", models.CharField(choices=[("live", "Live"), ("replay", "Recording")], max_length=6)),
                        ("proof", models.JSONField(default=dict)),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "webinar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendance",
                                to="webinars.webinar",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "stretch attended",
                        "verbose_name_plural": "stretches attended",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("media_to__gte", models.F("media_from"))),
                                name="attendance_goes_forward",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cut",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("media_from", models.FloatField()),
                        ("media_to", models.FloatField()),
                        ("wall_from", models.DateTimeField()),
                        ("wall_to", models.DateTimeField()),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("patient", "Something about a patient was said or shown"),
                                    ("private", "Something private was said or shown"),
                                    ("mistake", "It was not meant for the audience"),
                                    ("other", "Another reason"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "broadcast",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cuts",
                                to="webinars.broadcast",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cut",
                        "verbose_name_plural": "cuts",
                        "ordering": ["media_from"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("media_to__gte", models.F("media_from"))), name="cut_goes_forward"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Segment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveIntegerField()),
                        ("media_start", models.FloatField()),
                        ("take_start", models.FloatField()),
                        ("duration", models.FloatField()),
                        ("pdt", models.DateTimeField()),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("key", models.CharField(blank=True, max_length=120)),
                        (
                            "state",
                            models.CharField(
                                choices=[("live", "Shown"), ("redacted", "Cut out")], default="live", max_length=8
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "broadcast",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="segments",
                                to="webinars.broadcast",
                            ),
                        ),
                        (
                            "rendition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="segments",
                                to="webinars.rendition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "segment",
                        "verbose_name_plural": "segments",
                        "ordering": ["seq"],
                        "indexes": [models.Index(fields=["broadcast", "seq"], name="segments_by_seq")],
                        "constraints": [
                            models.UniqueConstraint(fields=("rendition", "seq"), name="segment_seq_once"),
                            models.CheckConstraint(condition=models.Q(("duration__gt", 0)), name="segment_lasts"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Progress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seconds", models.FloatField(default=0)),
                        ("duration", models.FloatField(default=0)),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="webinar_progress",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "webinar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="progress",
                                to="webinars.webinar",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "place in a recording",
                        "verbose_name_plural": "places in recordings",
                        "ordering": ["-at"],
                        "indexes": [models.Index(fields=["member", "-at"], name="progress_by_member")],
                        "constraints": [
                            models.UniqueConstraint(fields=("webinar", "member"), name="one_place_in_a_recording"),
                            models.CheckConstraint(
                                condition=models.Q(("seconds__gte", 0), ("duration__gte", 0)),
                                name="place_in_recording_not_before_it",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StreamKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField(default=community.core.clock.now)),
                        ("accepted_at", models.DateTimeField(null=True)),
                        ("protocol", models.CharField(blank=True, max_length=12)),
                        (
                            "webinar",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stream_key",
                                to="webinars.webinar",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "stream key",
                        "verbose_name_plural": "stream keys",
                    },
                ),
            ],
        ),
    ]
