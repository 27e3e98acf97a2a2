"""Spaces, threads and posts, and what members make of them."""

import community.core.clock
import community.core.models
import django.db.models.deletion
import taggit.managers
from django.conf import settings
from django.db import migrations, models

from community.core.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [("forums", "0001_spaces_threads_and_posts"), ("forums", "0002_threads_of_write_ups")]

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
                    name="Reading",
                    fields=[
                        (
                            "member",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("first_unread_at", models.DateTimeField()),
                        ("seen_at", models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Tag",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                        (
                            "slug",
                            models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name="slug"),
                        ),
                        ("folded", models.CharField(editable=False, max_length=100, unique=True)),
                        ("description", models.CharField(blank=True, max_length=200, verbose_name="description")),
                        ("curated", models.BooleanField(default=False, verbose_name="curated")),
                    ],
                    options={
                        "ordering": ("name",),
                    },
                ),
                migrations.CreateModel(
                    name="Mention",
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
                                choices=[("mention", "mentioned"), ("reply", "answered"), ("quote", "quoted")],
                                max_length=8,
                            ),
                        ),
                        ("told", models.BooleanField(default=False)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="forum_mentions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="forums.post"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("post", "member"), name="mentioned_once_per_post")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
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
                        ("number", models.PositiveIntegerField(blank=True, null=True)),
                        ("client_key", models.UUIDField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("held", "Waiting for a moderator"),
                                    ("hidden", "Hidden by a moderator"),
                                    ("withdrawn", "Withdrawn by its author"),
                                    ("refused", "Not published"),
                                ],
                                default="published",
                                max_length=10,
                            ),
                        ),
                        (
                            "stance",
                            models.CharField(
                                choices=[
                                    ("question", "Question"),
                                    ("evidence_summary", "Evidence summary"),
                                    ("local_practice", "Local practice"),
                                    ("opinion", "Opinion"),
                                ],
                                max_length=20,
                                verbose_name="kind of contribution",
                            ),
                        ),
                        ("source", models.TextField(blank=True)),
                        ("html", models.TextField(blank=True)),
                        ("plain", models.TextField(blank=True)),
                        ("renderer_version", models.PositiveSmallIntegerField(default=0)),
                        ("credential", models.JSONField(default=dict)),
                        ("coi", models.CharField(blank=True, max_length=500)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("edit_held", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField()),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("edited_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forum_posts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "mentioned",
                            models.ManyToManyField(
                                related_name="+", through="forums.Mention", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "reply_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="answers",
                                to="forums.post",
                            ),
                        ),
                        (
                            "thread",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="forums.thread"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("thread", "number"),
                        "indexes": [
                            models.Index(fields=["thread", "published_at"], name="posts_of_thread_by_time"),
                            models.Index(fields=["author", "-created_at"], name="posts_of_author"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("thread", "number"), name="post_number_once_per_thread"),
                            models.UniqueConstraint(fields=("author", "client_key"), name="client_key_once_per_author"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    models.Q(("number__gte", 1), ("published_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="published_post_has_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["held", "refused"]), _negated=True),
                                    models.Q(("html", ""), ("number__isnull", True), ("plain", ""), ("source", "")),
                                    _connector="OR",
                                ),
                                name="held_post_keeps_no_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Revision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.CharField(blank=True, max_length=160)),
                        ("source", models.TextField()),
                        ("html", models.TextField()),
                        (
                            "stance",
                            models.CharField(
                                choices=[
                                    ("question", "Question"),
                                    ("evidence_summary", "Evidence summary"),
                                    ("local_practice", "Local practice"),
                                    ("opinion", "Opinion"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("replaced_at", models.DateTimeField()),
                        ("hidden_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="forums.post"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("post", "number"),
                        "constraints": [
                            models.UniqueConstraint(fields=("post", "number"), name="revision_number_once_per_post")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Space",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("audience", models.CharField(db_index=True, max_length=64, verbose_name="audience")),
                        ("slug", models.SlugField(max_length=60, unique=True, verbose_name="address")),
                        ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("specialty", "Specialty"), ("topic", "Topic"), ("region", "Region")],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("purpose", models.CharField(max_length=300, verbose_name="purpose")),
                        ("who_for", models.CharField(blank=True, max_length=200, verbose_name="who it is for")),
                        (
                            "write_rule",
                            models.CharField(
                                choices=[
                                    ("verified", "Verified clinicians"),
                                    ("learners", "Verified clinicians and learners"),
                                    ("profession", "One verified profession"),
                                    ("group", "Verified members of this group"),
                                ],
                                default="verified",
                                max_length=12,
                                verbose_name="who may write",
                            ),
                        ),
                        (
                            "who_region",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("AFR", "African Region"),
                                    ("AMR", "Region of the Americas"),
                                    ("EMR", "Eastern Mediterranean Region"),
                                    ("EUR", "European Region"),
                                    ("SEAR", "South-East Asia Region"),
                                    ("WPR", "Western Pacific Region"),
                                ],
                                max_length=8,
                                verbose_name="WHO region",
                            ),
                        ),
                        (
                            "open_join",
                            models.BooleanField(
                                default=False, verbose_name="verified clinicians may join by themselves"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                        ),
                        ("thread_count", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "country",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="members.country",
                                verbose_name="country",
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
                                verbose_name="profession",
                            ),
                        ),
                        (
                            "specialty",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="spaces",
                                to="members.specialty",
                                verbose_name="specialty",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("position", "name"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("audience__in", ["public", "members", "verified"]),
                                    ("audience__startswith", "profession:"),
                                    ("audience__startswith", "space:"),
                                    _connector="OR",
                                ),
                                name="space_audience_is_a_read_rule",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("write_rule", "profession"), _negated=True),
                                    ("profession__isnull", False),
                                    _connector="OR",
                                ),
                                name="space_profession_rule_names_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("slug__in", ["new", "posts", "preview", "questions", "spaces", "tags", "unread"]),
                                    _negated=True,
                                ),
                                name="space_slug_not_reserved",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpaceMarker",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("read_at", models.DateTimeField()),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "space",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="read_markers",
                                to="forums.space",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("member", "space"), name="one_marker_per_member_and_space")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpaceMember",
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
                                choices=[("member", "Member"), ("owner", "Owner")], default="member", max_length=8
                            ),
                        ),
                        ("joined_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="space_seats",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "space",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="forums.space"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("space", "member"), name="one_seat_per_member_and_space")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TagAlias",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("word", models.CharField(max_length=100, unique=True, verbose_name="other word")),
                        (
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="aliases", to="forums.tag"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "tag aliases",
                        "ordering": ("word",),
                    },
                ),
                migrations.CreateModel(
                    name="Thread",
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
                        ("title", models.CharField(blank=True, max_length=160, verbose_name="title")),
                        ("slug", models.SlugField(blank=True, max_length=80)),
                        (
                            "stance",
                            models.CharField(
                                choices=[
                                    ("question", "Question"),
                                    ("evidence_summary", "Evidence summary"),
                                    ("local_practice", "Local practice"),
                                    ("opinion", "Opinion"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("held", "Waiting for a moderator"),
                                    ("hidden", "Hidden by a moderator"),
                                    ("withdrawn", "Withdrawn by its author"),
                                ],
                                default="published",
                                max_length=10,
                            ),
                        ),
                        ("locked_at", models.DateTimeField(blank=True, null=True)),
                        ("pinned", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField()),
                        ("last_number", models.PositiveIntegerField(default=0)),
                        ("last_post_number", models.PositiveIntegerField(default=0)),
                        ("post_count", models.PositiveIntegerField(default=0)),
                        ("last_posted_at", models.DateTimeField()),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forum_threads",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "last_poster",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "space",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="threads", to="forums.space"
                            ),
                        ),
                        (
                            "tags",
                            taggit.managers.TaggableManager(
                                blank=True,
                                help_text="A comma-separated list of tags.",
                                through="forums.ThreadTag",
                                to="forums.Tag",
                                verbose_name="Tags",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-last_posted_at", "-id"),
                        "indexes": [
                            models.Index(
                                fields=["space", "-pinned", "-last_posted_at", "-id"], name="threads_of_space"
                            ),
                            models.Index(fields=["-last_posted_at", "-id"], name="threads_by_latest"),
                            models.Index(
                                condition=models.Q(("post_count", 1), ("stance", "question")),
                                fields=["space", "-last_posted_at", "-id"],
                                name="threads_unanswered",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last_post_number__lte", models.F("last_number"))),
                                name="thread_newest_within_counter",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("post_count__lte", models.F("last_number"))),
                                name="thread_posts_within_counter",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "held"), _negated=True),
                                    models.Q(("slug", ""), ("title", "")),
                                    _connector="OR",
                                ),
                                name="held_thread_keeps_no_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReadMarker",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("last_read_number", models.PositiveIntegerField()),
                        ("read_at", models.DateTimeField(db_index=True, default=community.core.clock.now)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "thread",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="read_markers",
                                to="forums.thread",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("member", "thread"), name="one_marker_per_member_and_thread"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Follow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("every_post", "Every new post"),
                                    ("mentions", "Only when I am mentioned, answered or quoted"),
                                    ("muted", "Nothing"),
                                ],
                                default="every_post",
                                max_length=10,
                            ),
                        ),
                        ("since", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="thread_follows",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "thread",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="follows", to="forums.thread"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("thread", "member"), name="one_follow_per_thread_and_member"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ThreadTag",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "content_object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tagged", to="forums.thread"
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tagged", to="forums.tag"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("content_object", "tag"), name="one_tag_once_per_thread")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WriteUpThread",
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
                                choices=[("about", "discusses it"), ("origin", "it grew out of this")],
                                max_length=6,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="threads",
                                to="knowledge.writeuppage",
                            ),
                        ),
                        (
                            "thread",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="write_ups",
                                to="forums.thread",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "thread of a write-up",
                        "verbose_name_plural": "threads of write-ups",
                        "constraints": [
                            models.UniqueConstraint(fields=("page", "thread", "kind"), name="write_up_thread_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "about")), fields=("page",), name="write_up_one_discussion"
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
