"""Pages, pictures and hand-outs, the site, write-ups and their reviews, myth checks and bulletins."""

import community.core.clock
import community.core.models
import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import modelsearch.index
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models

from community.core.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("knowledge", "0001_pages_media_and_site"),
        ("knowledge", "0004_write_ups_and_their_versions"),
        ("knowledge", "0006_peer_reviews_and_lineage"),
        ("knowledge", "0007_myths_and_bulletins"),
        ("knowledge", "0011_rumours_are_sorted_by_hand"),
    ]

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
                    name="AudiencedPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to=settings.WAGTAIL_PAGE_MODEL,
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("public", "Everybody"),
                                    ("members", "Members"),
                                    ("verified", "Verified clinicians"),
                                    ("staff", "Staff"),
                                    ("roster", "Duty roster"),
                                ],
                                db_index=True,
                                default="public",
                                max_length=64,
                                verbose_name="who may read this",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "page",
                        "verbose_name_plural": "pages",
                    },
                    bases=("wagtailcore.page",),
                ),
                migrations.CreateModel(
                    name="Navigation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "navigation",
                    },
                ),
                migrations.CreateModel(
                    name="SiteOptions",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "organisation",
                            models.CharField(blank=True, max_length=120, verbose_name="who runs this site"),
                        ),
                        (
                            "contact_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="contact for members"),
                        ),
                        (
                            "privacy_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="contact for data protection"),
                        ),
                    ],
                    options={
                        "verbose_name": "names and contacts",
                    },
                ),
                migrations.CreateModel(
                    name="GuidelinePage",
                    fields=[
                        (
                            "audiencedpage_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="knowledge.audiencedpage",
                            ),
                        ),
                        ("intro", models.TextField(blank=True, max_length=400, verbose_name="in one or two sentences")),
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [("text", 0), ("example", 4), ("note", 8), ("question", 11), ("figure", 14)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": [
                                                "h2",
                                                "h3",
                                                "bold",
                                                "italic",
                                                "ol",
                                                "ul",
                                                "link",
                                                "document-link",
                                                "hr",
                                                "blockquote",
                                            ],
                                            "label": "Text",
                                            "template": "knowledge/blocks/text.html",
                                        },
                                    ),
                                    1: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [("allowed", "May be posted"), ("refused", "May not be posted")],
                                            "label": "verdict",
                                        },
                                    ),
                                    2: ("wagtail.blocks.TextBlock", (), {"label": "the post", "rows": 3}),
                                    3: ("wagtail.blocks.TextBlock", (), {"label": "why", "required": False, "rows": 2}),
                                    4: ("wagtail.blocks.StructBlock", [[("verdict", 1), ("text", 2), ("why", 3)]], {}),
                                    5: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {"choices": [("info", "Note"), ("warning", "Warning")], "label": "kind"},
                                    ),
                                    6: ("wagtail.blocks.CharBlock", (), {"label": "title", "required": False}),
                                    7: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {"features": ["bold", "italic", "link"], "label": "text"},
                                    ),
                                    8: ("wagtail.blocks.StructBlock", [[("kind", 5), ("title", 6), ("text", 7)]], {}),
                                    9: ("wagtail.blocks.CharBlock", (), {"label": "question"}),
                                    10: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {"features": ["bold", "italic", "ol", "ul", "link"], "label": "answer"},
                                    ),
                                    11: ("wagtail.blocks.StructBlock", [[("question", 9), ("answer", 10)]], {}),
                                    12: ("wagtail.images.blocks.ImageBlock", [], {"label": "image"}),
                                    13: ("wagtail.blocks.CharBlock", (), {"label": "caption", "required": False}),
                                    14: ("wagtail.blocks.StructBlock", [[("image", 12), ("caption", 13)]], {}),
                                },
                                verbose_name="body",
                            ),
                        ),
                        ("version", models.CharField(blank=True, max_length=16, verbose_name="version")),
                        ("in_force_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                        ("changes", models.TextField(blank=True, verbose_name="what changed in this version")),
                    ],
                    options={
                        "verbose_name": "guideline",
                        "verbose_name_plural": "guidelines",
                    },
                    bases=("knowledge.audiencedpage",),
                ),
                migrations.CreateModel(
                    name="HelpPage",
                    fields=[
                        (
                            "audiencedpage_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="knowledge.audiencedpage",
                            ),
                        ),
                        ("intro", models.TextField(blank=True, max_length=400, verbose_name="in one or two sentences")),
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [("text", 0), ("example", 4), ("note", 8), ("question", 11), ("figure", 14)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": [
                                                "h2",
                                                "h3",
                                                "bold",
                                                "italic",
                                                "ol",
                                                "ul",
                                                "link",
                                                "document-link",
                                                "hr",
                                                "blockquote",
                                            ],
                                            "label": "Text",
                                            "template": "knowledge/blocks/text.html",
                                        },
                                    ),
                                    1: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [("allowed", "May be posted"), ("refused", "May not be posted")],
                                            "label": "verdict",
                                        },
                                    ),
                                    2: ("wagtail.blocks.TextBlock", (), {"label": "the post", "rows": 3}),
                                    3: ("wagtail.blocks.TextBlock", (), {"label": "why", "required": False, "rows": 2}),
                                    4: ("wagtail.blocks.StructBlock", [[("verdict", 1), ("text", 2), ("why", 3)]], {}),
                                    5: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {"choices": [("info", "Note"), ("warning", "Warning")], "label": "kind"},
                                    ),
                                    6: ("wagtail.blocks.CharBlock", (), {"label": "title", "required": False}),
                                    7: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {"features": ["bold", "italic", "link"], "label": "text"},
                                    ),
                                    8: ("wagtail.blocks.StructBlock", [[("kind", 5), ("title", 6), ("text", 7)]], {}),
                                    9: ("wagtail.blocks.CharBlock", (), {"label": "question"}),
                                    10: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {"features": ["bold", "italic", "ol", "ul", "link"], "label": "answer"},
                                    ),
                                    11: ("wagtail.blocks.StructBlock", [[("question", 9), ("answer", 10)]], {}),
                                    12: ("wagtail.images.blocks.ImageBlock", [], {"label": "image"}),
                                    13: ("wagtail.blocks.CharBlock", (), {"label": "caption", "required": False}),
                                    14: ("wagtail.blocks.StructBlock", [[("image", 12), ("caption", 13)]], {}),
                                },
                                verbose_name="body",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "help page",
                        "verbose_name_plural": "help pages",
                    },
                    bases=("knowledge.audiencedpage",),
                ),
                migrations.CreateModel(
                    name="HomePage",
                    fields=[
                        (
                            "audiencedpage_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="knowledge.audiencedpage",
                            ),
                        ),
                        ("hero_title", models.CharField(max_length=120, verbose_name="opening line")),
                        ("hero_lead", models.TextField(max_length=400, verbose_name="introduction")),
                        (
                            "hero_small",
                            models.CharField(blank=True, max_length=200, verbose_name="small line under the buttons"),
                        ),
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [("steps", 5), ("showcase", 7), ("values", 9), ("example_pair", 15)],
                                blank=True,
                                block_lookup={
                                    0: ("wagtail.blocks.CharBlock", (), {"label": "heading"}),
                                    1: ("wagtail.blocks.CharBlock", (), {"label": "title"}),
                                    2: ("wagtail.blocks.TextBlock", (), {"label": "text", "rows": 3}),
                                    3: ("wagtail.blocks.StructBlock", [[("title", 1), ("text", 2)]], {}),
                                    4: (
                                        "wagtail.blocks.ListBlock",
                                        (3,),
                                        {"label": "steps", "max_num": 5, "min_num": 2},
                                    ),
                                    5: ("wagtail.blocks.StructBlock", [[("heading", 0), ("steps", 4)]], {}),
                                    6: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "introduction", "required": False, "rows": 2},
                                    ),
                                    7: ("wagtail.blocks.StructBlock", [[("heading", 0), ("intro", 6)]], {}),
                                    8: (
                                        "wagtail.blocks.ListBlock",
                                        (3,),
                                        {"label": "values", "max_num": 8, "min_num": 2},
                                    ),
                                    9: (
                                        "wagtail.blocks.StructBlock",
                                        [[("heading", 0), ("intro", 6), ("entries", 8)]],
                                        {},
                                    ),
                                    10: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [("allowed", "May be posted"), ("refused", "May not be posted")],
                                            "label": "verdict",
                                        },
                                    ),
                                    11: ("wagtail.blocks.TextBlock", (), {"label": "the post", "rows": 3}),
                                    12: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "why", "required": False, "rows": 2},
                                    ),
                                    13: (
                                        "wagtail.blocks.StructBlock",
                                        [[("verdict", 10), ("text", 11), ("why", 12)]],
                                        {},
                                    ),
                                    14: (
                                        "wagtail.blocks.ListBlock",
                                        (13,),
                                        {"label": "examples", "max_num": 4, "min_num": 2},
                                    ),
                                    15: (
                                        "wagtail.blocks.StructBlock",
                                        [[("heading", 0), ("intro", 6), ("examples", 14)]],
                                        {
                                            "icon": "openquote",
                                            "label": "Examples",
                                            "template": "knowledge/blocks/examples.html",
                                        },
                                    ),
                                },
                                verbose_name="parts",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "home page",
                    },
                    bases=("knowledge.audiencedpage",),
                ),
                migrations.CreateModel(
                    name="IndexPage",
                    fields=[
                        (
                            "audiencedpage_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="knowledge.audiencedpage",
                            ),
                        ),
                        ("intro", models.TextField(blank=True, max_length=400, verbose_name="introduction")),
                    ],
                    options={
                        "verbose_name": "list of pages",
                        "verbose_name_plural": "lists of pages",
                    },
                    bases=("knowledge.audiencedpage",),
                ),
                migrations.CreateModel(
                    name="Handout",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=255, verbose_name="title")),
                        ("file", models.FileField(upload_to="documents", verbose_name="file")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                        ("file_size", models.PositiveBigIntegerField(editable=False, null=True)),
                        ("file_hash", models.CharField(blank=True, editable=False, max_length=40)),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("public", "Everybody"),
                                    ("members", "Members"),
                                    ("verified", "Verified clinicians"),
                                    ("staff", "Staff"),
                                    ("roster", "Duty roster"),
                                ],
                                db_index=True,
                                default="members",
                                max_length=64,
                                verbose_name="who may read this",
                            ),
                        ),
                        (
                            "collection",
                            models.ForeignKey(
                                default=wagtail.models.media.get_root_collection_id,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="wagtailcore.collection",
                                verbose_name="collection",
                            ),
                        ),
                        (
                            "tags",
                            taggit.managers.TaggableManager(
                                blank=True,
                                help_text=None,
                                through="taggit.TaggedItem",
                                to="taggit.Tag",
                                verbose_name="tags",
                            ),
                        ),
                        (
                            "uploaded_by_user",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by user",
                            ),
                        ),
                        (
                            "write_up",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="knowledge.writeuppage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document",
                        "verbose_name_plural": "documents",
                        "abstract": False,
                    },
                    bases=(modelsearch.index.Indexed, models.Model),
                ),
                migrations.CreateModel(
                    name="NavigationItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                        (
                            "place",
                            models.CharField(
                                choices=[("menu", "Bar at the top"), ("help", "Foot: help"), ("rules", "Foot: rules")],
                                default="menu",
                                max_length=8,
                                verbose_name="place",
                            ),
                        ),
                        (
                            "label",
                            models.CharField(
                                blank=True, help_text="Empty: the page's title.", max_length=40, verbose_name="label"
                            ),
                        ),
                        (
                            "navigation",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="knowledge.navigation",
                            ),
                        ),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="knowledge.audiencedpage",
                                verbose_name="page",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link",
                        "verbose_name_plural": "links",
                        "ordering": ["sort_order"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Picture",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=255, verbose_name="title")),
                        (
                            "file",
                            wagtail.images.models.WagtailImageField(
                                height_field="height",
                                upload_to=wagtail.images.models.get_upload_to,
                                verbose_name="file",
                                width_field="width",
                            ),
                        ),
                        (
                            "description",
                            models.CharField(blank=True, default="", max_length=255, verbose_name="description"),
                        ),
                        ("width", models.IntegerField(editable=False, verbose_name="width")),
                        ("height", models.IntegerField(editable=False, verbose_name="height")),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="created at"),
                        ),
                        ("focal_point_x", models.PositiveIntegerField(blank=True, null=True)),
                        ("focal_point_y", models.PositiveIntegerField(blank=True, null=True)),
                        ("focal_point_width", models.PositiveIntegerField(blank=True, null=True)),
                        ("focal_point_height", models.PositiveIntegerField(blank=True, null=True)),
                        ("file_size", models.PositiveIntegerField(editable=False, null=True)),
                        ("file_hash", models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                        (
                            "collection",
                            models.ForeignKey(
                                default=wagtail.models.media.get_root_collection_id,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="wagtailcore.collection",
                                verbose_name="collection",
                            ),
                        ),
                        (
                            "tags",
                            taggit.managers.TaggableManager(
                                blank=True,
                                help_text=None,
                                through="taggit.TaggedItem",
                                to="taggit.Tag",
                                verbose_name="tags",
                            ),
                        ),
                        (
                            "uploaded_by_user",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by user",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("public", "Everybody"),
                                    ("members", "Members"),
                                    ("verified", "Verified clinicians"),
                                    ("staff", "Staff"),
                                    ("roster", "Duty roster"),
                                ],
                                db_index=True,
                                default="public",
                                max_length=64,
                                verbose_name="who may see this",
                            ),
                        ),
                        (
                            "write_up",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="knowledge.writeuppage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "image",
                        "verbose_name_plural": "images",
                        "abstract": False,
                    },
                    bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
                ),
                migrations.CreateModel(
                    name="Banner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=240, verbose_name="text")),
                        (
                            "severity",
                            models.CharField(
                                choices=[("info", "Information"), ("warning", "Warning"), ("critical", "Critical")],
                                default="info",
                                max_length=8,
                                verbose_name="severity",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("public", "Everybody"),
                                    ("members", "Members"),
                                    ("verified", "Verified clinicians"),
                                    ("staff", "Staff"),
                                    ("roster", "Duty roster"),
                                ],
                                db_index=True,
                                default="public",
                                max_length=64,
                                verbose_name="who sees it",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(default=community.core.clock.now, verbose_name="from")),
                        ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                        (
                            "page",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="knowledge.audiencedpage",
                                verbose_name="page to read more",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "banner",
                        "verbose_name_plural": "banners",
                        "ordering": ["-starts_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_at", None), ("ends_at__gt", models.F("starts_at")), _connector="OR"
                                ),
                                name="banner_ends_after_it_starts",
                            )
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
                        ("filter_spec", models.CharField(db_index=True, max_length=255)),
                        (
                            "file",
                            wagtail.images.models.WagtailImageField(
                                height_field="height",
                                storage=wagtail.images.models.get_rendition_storage,
                                upload_to=wagtail.images.models.get_rendition_upload_to,
                                width_field="width",
                            ),
                        ),
                        ("width", models.IntegerField(editable=False)),
                        ("height", models.IntegerField(editable=False)),
                        ("focal_point_key", models.CharField(blank=True, default="", editable=False, max_length=16)),
                        (
                            "image",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="renditions",
                                to="knowledge.picture",
                            ),
                        ),
                    ],
                    options={
                        "unique_together": {("image", "filter_spec", "focal_point_key")},
                    },
                    bases=(wagtail.images.models.ImageFileMixin, models.Model),
                ),
                migrations.CreateModel(
                    name="WriteUpIndexPage",
                    fields=[
                        (
                            "audiencedpage_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="knowledge.audiencedpage",
                            ),
                        ),
                        ("intro", models.TextField(blank=True, max_length=400, verbose_name="introduction")),
                    ],
                    options={
                        "verbose_name": "list of write-ups",
                        "verbose_name_plural": "lists of write-ups",
                    },
                    bases=("knowledge.audiencedpage",),
                ),
                migrations.CreateModel(
                    name="WriteUpPage",
                    fields=[
                        (
                            "audiencedpage_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="knowledge.audiencedpage",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("practice", "Practice"),
                                    ("attempt", "Attempt that did not work"),
                                    ("sop", "Standard operating procedure"),
                                ],
                                db_index=True,
                                default="practice",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("result", models.CharField(blank=True, max_length=240, verbose_name="result in one line")),
                        (
                            "problem",
                            models.TextField(
                                blank=True, max_length=4000, verbose_name="the problem, and whom it affects"
                            ),
                        ),
                        ("place", models.CharField(blank=True, max_length=160, verbose_name="place or facility")),
                        (
                            "income_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("low", "Low income"),
                                    ("lower_middle", "Lower-middle income"),
                                    ("upper_middle", "Upper-middle income"),
                                    ("high", "High income"),
                                ],
                                max_length=14,
                                verbose_name="income level",
                            ),
                        ),
                        (
                            "locality",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("urban", "Urban"),
                                    ("periurban", "Edge of a city"),
                                    ("rural", "Rural"),
                                    ("remote", "Remote"),
                                    ("mixed", "Urban and rural"),
                                    ("emergency", "Camp or emergency setting"),
                                ],
                                max_length=10,
                                verbose_name="town or country",
                            ),
                        ),
                        (
                            "facility_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("community", "Community and home"),
                                    ("primary", "Health post or health centre"),
                                    ("district", "District or first-level hospital"),
                                    ("regional", "Regional hospital"),
                                    ("tertiary", "Tertiary or teaching hospital"),
                                    ("prehospital", "Ambulance and prehospital"),
                                    ("long_term", "Long-term care"),
                                    ("system", "Programme or health authority"),
                                ],
                                max_length=12,
                                verbose_name="facility",
                            ),
                        ),
                        (
                            "staff_mix",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("community_workers", "Community health workers"),
                                    ("nurses", "Nurses and midwives"),
                                    ("clinical_officers", "Clinical officers and physician assistants"),
                                    ("generalists", "Generalist physicians with nurses"),
                                    ("specialists", "Specialist team"),
                                    ("mixed", "Several professions together"),
                                ],
                                max_length=20,
                                verbose_name="staff",
                            ),
                        ),
                        (
                            "population_band",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("under_1k", "Under 1,000 people"),
                                    ("under_10k", "1,000 to 9,999 people"),
                                    ("under_100k", "10,000 to 99,999 people"),
                                    ("under_1m", "100,000 to 999,999 people"),
                                    ("over_1m", "1 million people or more"),
                                ],
                                max_length=10,
                                verbose_name="people served",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                default="en", help_text="ISO 639-1, such as en.", max_length=8, verbose_name="language"
                            ),
                        ),
                        (
                            "started_on",
                            models.DateField(
                                blank=True, help_text="The month counts.", null=True, verbose_name="started"
                            ),
                        ),
                        (
                            "ended_on",
                            models.DateField(
                                blank=True, help_text="Empty while it goes on.", null=True, verbose_name="ended"
                            ),
                        ),
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [
                                    ("summary", 0),
                                    ("plain", 1),
                                    ("baseline", 2),
                                    ("timeline", 7),
                                    ("checklist", 13),
                                    ("core", 17),
                                    ("adaptable", 18),
                                    ("team", 23),
                                    ("resources", 29),
                                    ("measures", 41),
                                    ("unintended", 42),
                                    ("not_worked", 43),
                                    ("equity", 44),
                                    ("cost", 45),
                                    ("ethics", 48),
                                    ("sustaining", 49),
                                    ("getting_started", 52),
                                    ("sources", 57),
                                    ("conflicts", 60),
                                    ("figure", 63),
                                    ("handout", 66),
                                    ("more", 69),
                                ],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "community.knowledge.practice.blocks.WordsBlock",
                                        (),
                                        {"label": "Five-minute summary", "rows": 8},
                                    ),
                                    1: (
                                        "community.knowledge.practice.blocks.WordsBlock",
                                        (),
                                        {"label": "In plain language", "rows": 5},
                                    ),
                                    2: (
                                        "community.knowledge.practice.blocks.WordsBlock",
                                        (),
                                        {"label": "Baseline", "rows": 5},
                                    ),
                                    3: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "A month, a week of the project, a phase.",
                                            "label": "when",
                                            "max_length": 60,
                                        },
                                    ),
                                    4: ("wagtail.blocks.CharBlock", (), {"label": "what was done", "max_length": 160}),
                                    5: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "more", "required": False, "rows": 3},
                                    ),
                                    6: ("wagtail.blocks.StructBlock", [[("when", 3), ("what", 4), ("detail", 5)]], {}),
                                    7: (
                                        "wagtail.blocks.ListBlock",
                                        (6,),
                                        {
                                            "collapsed": True,
                                            "icon": "calendar",
                                            "label": "What was done",
                                            "template": "knowledge/blocks/practice/timeline.html",
                                        },
                                    ),
                                    8: ("wagtail.blocks.CharBlock", (), {"label": "step", "max_length": 240}),
                                    9: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "who", "max_length": 80, "required": False},
                                    ),
                                    10: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "note", "max_length": 240, "required": False},
                                    ),
                                    11: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {"label": "must not be left out", "required": False},
                                    ),
                                    12: (
                                        "wagtail.blocks.StructBlock",
                                        [[("step", 8), ("who", 9), ("note", 10), ("critical", 11)]],
                                        {},
                                    ),
                                    13: (
                                        "wagtail.blocks.ListBlock",
                                        (12,),
                                        {
                                            "collapsed": True,
                                            "icon": "list-ol",
                                            "label": "Steps",
                                            "template": "knowledge/blocks/practice/checklist.html",
                                        },
                                    ),
                                    14: ("wagtail.blocks.CharBlock", (), {"label": "element", "max_length": 200}),
                                    15: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "why, or how", "required": False, "rows": 2},
                                    ),
                                    16: ("wagtail.blocks.StructBlock", [[("element", 14), ("why", 15)]], {}),
                                    17: (
                                        "wagtail.blocks.ListBlock",
                                        (16,),
                                        {
                                            "collapsed": True,
                                            "icon": "lock",
                                            "label": "Core elements",
                                            "template": "knowledge/blocks/practice/elements.html",
                                        },
                                    ),
                                    18: (
                                        "wagtail.blocks.ListBlock",
                                        (16,),
                                        {
                                            "collapsed": True,
                                            "icon": "lock-open",
                                            "label": "Adaptable elements",
                                            "template": "knowledge/blocks/practice/elements.html",
                                        },
                                    ),
                                    19: ("wagtail.blocks.CharBlock", (), {"label": "role", "max_length": 120}),
                                    20: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "how many", "max_length": 40, "required": False},
                                    ),
                                    21: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "what they did", "required": False, "rows": 2},
                                    ),
                                    22: (
                                        "wagtail.blocks.StructBlock",
                                        [[("role", 19), ("people", 20), ("part", 21)]],
                                        {},
                                    ),
                                    23: (
                                        "wagtail.blocks.ListBlock",
                                        (22,),
                                        {
                                            "collapsed": True,
                                            "icon": "group",
                                            "label": "Team and roles",
                                            "template": "knowledge/blocks/practice/team.html",
                                        },
                                    ),
                                    24: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("none", "No extra money"),
                                                ("under_100", "Under 100 US dollars"),
                                                ("under_1k", "100 to 999 US dollars"),
                                                ("under_10k", "1,000 to 9,999 US dollars"),
                                                ("under_100k", "10,000 to 99,999 US dollars"),
                                                ("over_100k", "100,000 US dollars or more"),
                                            ],
                                            "label": "money to start",
                                            "required": False,
                                        },
                                    ),
                                    25: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("none", "No extra time"),
                                                ("hours", "Some hours in all"),
                                                ("weekly", "Some hours each week"),
                                                ("part", "Part of a post"),
                                                ("post", "One post"),
                                                ("posts", "Several posts"),
                                            ],
                                            "label": "staff time",
                                            "required": False,
                                        },
                                    ),
                                    26: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "equipment", "required": False, "rows": 2},
                                    ),
                                    27: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "computers and data", "required": False, "rows": 2},
                                    ),
                                    28: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "training", "required": False, "rows": 2},
                                    ),
                                    29: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("money", 24),
                                                ("time", 25),
                                                ("equipment", 26),
                                                ("it", 27),
                                                ("training", 28),
                                            ]
                                        ],
                                        {},
                                    ),
                                    30: ("wagtail.blocks.CharBlock", (), {"label": "measure", "max_length": 160}),
                                    31: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("percent", "Percent"),
                                                ("count", "Count"),
                                                ("rate", "Rate"),
                                                ("time", "Time"),
                                                ("score", "Score or scale"),
                                                ("money", "Money"),
                                                ("other", "Other"),
                                            ],
                                            "label": "unit",
                                        },
                                    ),
                                    32: (
                                        "community.knowledge.practice.blocks.FigureCharBlock",
                                        (),
                                        {"label": "before", "max_length": 16, "required": False},
                                    ),
                                    33: (
                                        "community.knowledge.practice.blocks.FigureCharBlock",
                                        (),
                                        {"label": "after", "max_length": 16, "required": False},
                                    ),
                                    34: (
                                        "wagtail.blocks.IntegerBlock",
                                        (),
                                        {"label": "n before", "min_value": 0, "required": False},
                                    ),
                                    35: (
                                        "wagtail.blocks.IntegerBlock",
                                        (),
                                        {"label": "n after", "min_value": 0, "required": False},
                                    ),
                                    36: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [("higher", "Higher is better"), ("lower", "Lower is better")],
                                            "label": "direction",
                                            "required": False,
                                        },
                                    ),
                                    37: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "period", "max_length": 80, "required": False},
                                    ),
                                    38: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("described", "Described, not measured"),
                                                ("before_after", "Before and after"),
                                                ("time_series", "Time series or run chart"),
                                                ("controlled", "With a comparison group"),
                                                ("randomised", "Randomised"),
                                                ("survey", "Survey or interviews"),
                                            ],
                                            "label": "design",
                                        },
                                    ),
                                    39: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "note", "max_length": 300, "required": False},
                                    ),
                                    40: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("name", 30),
                                                ("unit", 31),
                                                ("before", 32),
                                                ("after", 33),
                                                ("n_before", 34),
                                                ("n_after", 35),
                                                ("better", 36),
                                                ("period", 37),
                                                ("design", 38),
                                                ("note", 39),
                                            ]
                                        ],
                                        {},
                                    ),
                                    41: (
                                        "wagtail.blocks.ListBlock",
                                        (40,),
                                        {
                                            "collapsed": True,
                                            "icon": "table",
                                            "label": "Measures",
                                            "template": "knowledge/blocks/practice/measures.html",
                                        },
                                    ),
                                    42: (
                                        "community.knowledge.practice.blocks.WordsBlock",
                                        (),
                                        {"label": "Unintended effects"},
                                    ),
                                    43: (
                                        "community.knowledge.practice.blocks.WordsBlock",
                                        (),
                                        {"label": "What did not work"},
                                    ),
                                    44: ("community.knowledge.practice.blocks.WordsBlock", (), {"label": "Equity"}),
                                    45: ("community.knowledge.practice.blocks.WordsBlock", (), {"label": "Cost"}),
                                    46: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("approved", "Approved by an ethics committee"),
                                                ("exempt", "Exempt, as a committee has said"),
                                                ("improvement", "Quality improvement: no approval needed here"),
                                                ("none", "Not asked for"),
                                            ],
                                            "label": "statement",
                                        },
                                    ),
                                    47: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "more", "required": False, "rows": 2},
                                    ),
                                    48: ("wagtail.blocks.StructBlock", [[("kind", 46), ("text", 47)]], {}),
                                    49: (
                                        "community.knowledge.practice.blocks.WordsBlock",
                                        (),
                                        {"label": "Sustaining it"},
                                    ),
                                    50: ("wagtail.blocks.CharBlock", (), {"label": "step", "max_length": 200}),
                                    51: ("wagtail.blocks.StructBlock", [[("title", 50), ("text", 47)]], {}),
                                    52: (
                                        "wagtail.blocks.ListBlock",
                                        (51,),
                                        {
                                            "collapsed": True,
                                            "icon": "play",
                                            "label": "Getting started",
                                            "template": "knowledge/blocks/practice/steps.html",
                                        },
                                    ),
                                    53: ("wagtail.blocks.TextBlock", (), {"label": "source", "rows": 2}),
                                    54: ("wagtail.blocks.URLBlock", (), {"label": "address", "required": False}),
                                    55: (
                                        "wagtail.blocks.RegexBlock",
                                        (),
                                        {
                                            "error_messages": {"invalid": "A DOI starts with 10."},
                                            "label": "DOI",
                                            "regex": "^10\\.\\d{4,9}/\\S+$",
                                            "required": False,
                                        },
                                    ),
                                    56: (
                                        "wagtail.blocks.StructBlock",
                                        [[("citation", 53), ("url", 54), ("doi", 55)]],
                                        {},
                                    ),
                                    57: (
                                        "wagtail.blocks.ListBlock",
                                        (56,),
                                        {
                                            "collapsed": True,
                                            "icon": "link",
                                            "label": "Sources",
                                            "template": "knowledge/blocks/practice/sources.html",
                                        },
                                    ),
                                    58: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {"label": "no author has a conflict of interest", "required": False},
                                    ),
                                    59: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "conflicts of interest", "required": False, "rows": 2},
                                    ),
                                    60: ("wagtail.blocks.StructBlock", [[("none", 58), ("text", 59)]], {}),
                                    61: ("wagtail.images.blocks.ImageBlock", [], {"label": "image"}),
                                    62: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "caption", "max_length": 300, "required": False},
                                    ),
                                    63: ("wagtail.blocks.StructBlock", [[("image", 61), ("caption", 62)]], {}),
                                    64: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "PDF"}),
                                    65: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "what it is for", "max_length": 200, "required": False},
                                    ),
                                    66: ("wagtail.blocks.StructBlock", [[("document", 64), ("about", 65)]], {}),
                                    67: ("wagtail.blocks.CharBlock", (), {"label": "heading", "max_length": 120}),
                                    68: ("wagtail.blocks.TextBlock", (), {"label": "text", "rows": 5}),
                                    69: ("wagtail.blocks.StructBlock", [[("heading", 67), ("text", 68)]], {}),
                                },
                                verbose_name="parts",
                            ),
                        ),
                        ("has_measures", models.BooleanField(db_index=True, default=False, editable=False)),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("held", "Waits for a moderator"),
                                    ("in_review", "In review"),
                                    ("revising", "Changes asked for"),
                                    ("published", "Published"),
                                ],
                                db_index=True,
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                choices=[("current", "Current"), ("review_due", "Review due"), ("retired", "Retired")],
                                db_index=True,
                                default="current",
                                editable=False,
                                max_length=10,
                                verbose_name="standing",
                            ),
                        ),
                        (
                            "review_due",
                            models.DateField(
                                blank=True, db_index=True, editable=False, null=True, verbose_name="review due"
                            ),
                        ),
                        (
                            "retired_because",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="why it was retired"
                            ),
                        ),
                        (
                            "evidence_level",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "Idea"),
                                    (1, "Described"),
                                    (2, "Measured before and after"),
                                    (3, "Controlled or time series"),
                                    (4, "Replicated at another site"),
                                    (5, "Replicated in two or more regions"),
                                ],
                                default=0,
                                editable=False,
                                verbose_name="practice evidence",
                            ),
                        ),
                        (
                            "literature_certainty",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("high", "High"),
                                    ("moderate", "Moderate"),
                                    ("low", "Low"),
                                    ("very_low", "Very low"),
                                ],
                                editable=False,
                                max_length=8,
                                verbose_name="certainty of the literature",
                            ),
                        ),
                        (
                            "certainty_reason",
                            models.TextField(blank=True, editable=False, max_length=1000, verbose_name="reason"),
                        ),
                        (
                            "country",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="write_ups",
                                to="members.country",
                                verbose_name="country",
                            ),
                        ),
                        (
                            "specialties",
                            modelcluster.fields.ParentalManyToManyField(
                                blank=True, related_name="write_ups", to="members.specialty", verbose_name="specialties"
                            ),
                        ),
                        (
                            "tags",
                            modelcluster.contrib.taggit.ClusterTaggableManager(
                                blank=True,
                                help_text="A comma-separated list of tags.",
                                through="knowledge.WriteUpTag",
                                to="taggit.Tag",
                                verbose_name="tags",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "write-up",
                        "verbose_name_plural": "write-ups",
                        "indexes": [models.Index(fields=["kind", "country"], name="writeup_kind_country")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("started_on", None),
                                    ("ended_on", None),
                                    ("ended_on__gte", models.F("started_on")),
                                    _connector="OR",
                                ),
                                name="writeup_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("evidence_level__lte", 5)), name="writeup_evidence_level_in_range"
                            ),
                        ],
                    },
                    bases=("knowledge.audiencedpage",),
                ),
                migrations.CreateModel(
                    name="DraftComment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("section", models.CharField(max_length=24, verbose_name="section")),
                        ("text", models.TextField(max_length=2000, verbose_name="comment")),
                        ("created_at", models.DateTimeField(default=community.core.clock.now, verbose_name="written")),
                        ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draft_comments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="draft_comments",
                                to="knowledge.writeuppage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "comment on a draft",
                        "verbose_name_plural": "comments on drafts",
                        "ordering": ["created_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="WriteUpTag",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "content_object",
                            modelcluster.fields.ParentalKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tagged_items",
                                to="knowledge.writeuppage",
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(app_label)s_%(class)s_items",
                                to="taggit.tag",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Version",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("content", models.JSONField(default=dict, verbose_name="content")),
                        ("digest", models.CharField(max_length=64, verbose_name="digest")),
                        (
                            "published_at",
                            models.DateTimeField(default=community.core.clock.now, verbose_name="published"),
                        ),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="knowledge.writeuppage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version",
                        "verbose_name_plural": "versions",
                        "ordering": ["page", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("page", "number"), name="version_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)), name="version_number_from_1"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Authorship",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        (
                            "state",
                            models.CharField(
                                choices=[("invited", "invited"), ("accepted", "author"), ("declined", "declined")],
                                default="invited",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        ("invited_at", models.DateTimeField(default=community.core.clock.now, verbose_name="invited")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                        (
                            "invited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="authorships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="authorships",
                                to="knowledge.writeuppage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "author",
                        "verbose_name_plural": "authors",
                        "ordering": ["position", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("page", "member"), name="author_once")],
                    },
                ),
                migrations.CreateModel(
                    name="PeerReviewTask",
                    fields=[
                        (
                            "task_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "review by two peers",
                        "verbose_name_plural": "reviews by two peers",
                    },
                    bases=("wagtailcore.task",),
                ),
                migrations.CreateModel(
                    name="Adaptation",
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
                            "parent_version",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="from version"),
                        ),
                        ("made_at", models.DateTimeField(default=community.core.clock.now, verbose_name="made")),
                        ("started_on", models.DateField(verbose_name="in use since")),
                        (
                            "moment",
                            models.CharField(
                                choices=[
                                    ("before", "Before it was started"),
                                    ("starting", "While it was being started"),
                                    ("spreading", "While it was spread further"),
                                    ("keeping", "When it had become routine"),
                                ],
                                max_length=10,
                                verbose_name="when it was changed",
                            ),
                        ),
                        (
                            "planning",
                            models.CharField(
                                choices=[("planned", "Planned"), ("reactive", "In response to something unforeseen")],
                                max_length=8,
                                verbose_name="planned or in response",
                            ),
                        ),
                        ("decided_by", models.JSONField(default=list, verbose_name="who decided")),
                        ("modified", models.JSONField(default=list, verbose_name="what was changed")),
                        (
                            "delivery_level",
                            models.CharField(
                                choices=[
                                    ("individual", "Single clinicians"),
                                    ("team", "A team or ward"),
                                    ("facility", "A clinic or hospital"),
                                    ("network", "A network or district"),
                                    ("country", "A region or country"),
                                ],
                                max_length=10,
                                verbose_name="for whom it was changed",
                            ),
                        ),
                        ("nature", models.JSONField(default=list, verbose_name="how it was changed")),
                        ("goals", models.JSONField(default=list, verbose_name="what for")),
                        ("reasons", models.JSONField(default=list, verbose_name="why")),
                        (
                            "fidelity",
                            models.CharField(
                                choices=[
                                    ("kept", "All core elements were kept"),
                                    ("partly", "Some were kept"),
                                    ("not_kept", "They were not kept"),
                                    ("unknown", "The original does not say what its core is"),
                                ],
                                max_length=8,
                                verbose_name="core elements",
                            ),
                        ),
                        (
                            "what_changed",
                            models.TextField(blank=True, max_length=2000, verbose_name="what was changed, in words"),
                        ),
                        (
                            "reminded_month",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="reminded of the report after … months"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adaptations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "child",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="adapted_from",
                                to="knowledge.writeuppage",
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
                            "parent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="adaptations",
                                to="knowledge.writeuppage",
                            ),
                        ),
                        (
                            "root",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lineage",
                                to="knowledge.writeuppage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "adaptation",
                        "verbose_name_plural": "adaptations",
                        "ordering": ["made_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("parent", models.F("child")), _negated=True),
                                name="adaptation_not_of_itself",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdopterReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "month",
                            models.PositiveSmallIntegerField(
                                choices=[(3, "After 3 months"), (6, "After 6 months"), (12, "After 12 months")],
                                verbose_name="when",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("better", "Better"),
                                    ("same", "The same"),
                                    ("worse", "Worse"),
                                    ("not_measured", "Not measured"),
                                ],
                                max_length=12,
                                verbose_name="the outcome here",
                            ),
                        ),
                        ("measure", models.CharField(blank=True, max_length=160, verbose_name="measure")),
                        ("unit", models.CharField(blank=True, max_length=8, verbose_name="unit")),
                        ("before", models.CharField(blank=True, max_length=16, verbose_name="before")),
                        ("after", models.CharField(blank=True, max_length=16, verbose_name="after")),
                        ("n_before", models.PositiveIntegerField(blank=True, null=True, verbose_name="n before")),
                        ("n_after", models.PositiveIntegerField(blank=True, null=True, verbose_name="n after")),
                        ("note", models.TextField(blank=True, max_length=1000, verbose_name="what others should know")),
                        (
                            "reported_at",
                            models.DateTimeField(default=community.core.clock.now, verbose_name="reported"),
                        ),
                        (
                            "adaptation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="knowledge.adaptation",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "adopter's report",
                        "verbose_name_plural": "adopters' reports",
                        "ordering": ["adaptation", "month"],
                        "constraints": [
                            models.UniqueConstraint(fields=("adaptation", "month"), name="report_once_a_month"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("n_before", None), ("n_before__gte", 5), _connector="OR"),
                                    models.Q(("n_after", None), ("n_after__gte", 5), _connector="OR"),
                                ),
                                name="report_no_small_cells",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Facing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "facility_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("community", "Community and home"),
                                    ("primary", "Health post or health centre"),
                                    ("district", "District or first-level hospital"),
                                    ("regional", "Regional hospital"),
                                    ("tertiary", "Tertiary or teaching hospital"),
                                    ("prehospital", "Ambulance and prehospital"),
                                    ("long_term", "Long-term care"),
                                    ("system", "Programme or health authority"),
                                ],
                                max_length=12,
                                verbose_name="facility",
                            ),
                        ),
                        (
                            "locality",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("urban", "Urban"),
                                    ("periurban", "Edge of a city"),
                                    ("rural", "Rural"),
                                    ("remote", "Remote"),
                                    ("mixed", "Urban and rural"),
                                    ("emergency", "Camp or emergency setting"),
                                ],
                                max_length=10,
                                verbose_name="town or country",
                            ),
                        ),
                        ("said_at", models.DateTimeField(default=community.core.clock.now, verbose_name="said")),
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
                                related_name="facings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="facings",
                                to="knowledge.writeuppage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "member with the same problem",
                        "verbose_name_plural": "members with the same problem",
                        "constraints": [models.UniqueConstraint(fields=("page", "member"), name="facing_once")],
                    },
                ),
                migrations.CreateModel(
                    name="PeerReview",
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
                        ("round", models.PositiveSmallIntegerField(default=1, verbose_name="round")),
                        (
                            "seat",
                            models.CharField(
                                choices=[("specialty", "Of the specialty"), ("region", "From another region")],
                                max_length=9,
                                verbose_name="seat",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("invited", "invited"),
                                    ("working", "reading"),
                                    ("done", "done"),
                                    ("declined", "not available"),
                                    ("closed", "closed"),
                                ],
                                default="working",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        ("coi_none", models.BooleanField(default=False, verbose_name="no conflict of interest")),
                        (
                            "coi_text",
                            models.TextField(blank=True, max_length=1000, verbose_name="conflicts of interest"),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[("accept", "Accept"), ("revise", "Ask for changes"), ("decline", "Decline")],
                                max_length=8,
                                verbose_name="verdict",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
                        (
                            "certainty",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("high", "High"),
                                    ("moderate", "Moderate"),
                                    ("low", "Low"),
                                    ("very_low", "Very low"),
                                ],
                                max_length=8,
                                verbose_name="certainty of the literature",
                            ),
                        ),
                        (
                            "certainty_reason",
                            models.TextField(blank=True, max_length=1000, verbose_name="reason for the certainty"),
                        ),
                        ("began_at", models.DateTimeField(default=community.core.clock.now, verbose_name="began")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                        (
                            "invited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="peer_reviews",
                                to="knowledge.writeuppage",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="peer_reviews",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="wagtailcore.revision",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "peer review",
                        "verbose_name_plural": "peer reviews",
                        "ordering": ["page", "round", "seat", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("invited", "working", "done"))),
                                fields=("page", "round", "seat"),
                                name="review_one_in_a_seat",
                            ),
                            models.UniqueConstraint(fields=("page", "round", "reviewer"), name="review_one_seat_each"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    models.Q(models.Q(("verdict", ""), _negated=True), ("decided_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="review_done_has_verdict",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("working", "done")), _negated=True),
                                    ("coi_none", True),
                                    models.Q(("coi_text", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="review_interests_declared",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Remark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("section", models.CharField(max_length=24, verbose_name="part")),
                        (
                            "weight",
                            models.CharField(
                                choices=[
                                    ("must", "Must be changed"),
                                    ("should", "Should be considered"),
                                    ("good", "Good as it is"),
                                ],
                                default="should",
                                max_length=6,
                                verbose_name="weight",
                            ),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="remark")),
                        ("made_at", models.DateTimeField(default=community.core.clock.now, verbose_name="made")),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="remarks",
                                to="knowledge.peerreview",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "remark",
                        "verbose_name_plural": "remarks",
                        "ordering": ["review", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="BulletinIndexPage",
                    fields=[
                        (
                            "audiencedpage_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="knowledge.audiencedpage",
                            ),
                        ),
                        ("intro", models.TextField(blank=True, max_length=400, verbose_name="introduction")),
                    ],
                    options={
                        "verbose_name": "list of bulletins",
                        "verbose_name_plural": "lists of bulletins",
                    },
                    bases=("knowledge.audiencedpage", models.Model),
                ),
                migrations.CreateModel(
                    name="MythIndexPage",
                    fields=[
                        (
                            "audiencedpage_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="knowledge.audiencedpage",
                            ),
                        ),
                        ("intro", models.TextField(blank=True, max_length=400, verbose_name="introduction")),
                    ],
                    options={
                        "verbose_name": "list of myth checks",
                        "verbose_name_plural": "lists of myth checks",
                    },
                    bases=("knowledge.audiencedpage", models.Model),
                ),
                migrations.CreateModel(
                    name="MythPage",
                    fields=[
                        (
                            "audiencedpage_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="knowledge.audiencedpage",
                            ),
                        ),
                        (
                            "fact",
                            models.TextField(
                                help_text="First, and in words that can be repeated. Not “it is not true that”.",
                                max_length=400,
                                verbose_name="the fact",
                            ),
                        ),
                        (
                            "claim",
                            models.CharField(help_text="As people say it.", max_length=300, verbose_name="the claim"),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("false", "False"),
                                    ("misleading", "Misleading"),
                                    ("unproven", "Unproven"),
                                    ("partly_true", "Partly true"),
                                    ("true", "True"),
                                    ("outdated", "Outdated"),
                                ],
                                max_length=12,
                                verbose_name="verdict",
                            ),
                        ),
                        (
                            "why",
                            models.TextField(
                                help_text="And what is true in it, if something is.",
                                max_length=4000,
                                verbose_name="why it misleads",
                            ),
                        ),
                        (
                            "practical",
                            models.TextField(
                                blank=True,
                                help_text="How to answer somebody who believes it.",
                                max_length=1500,
                                verbose_name="what to say",
                            ),
                        ),
                        (
                            "sources",
                            models.TextField(
                                help_text="One to a line: who says it, its title, the year, its address.",
                                max_length=4000,
                                verbose_name="sources",
                            ),
                        ),
                        (
                            "heard",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("patients", "From patients or families"),
                                    ("messenger", "In a messenger group"),
                                    ("social", "On social media"),
                                    ("news", "In the news"),
                                    ("colleagues", "From colleagues"),
                                    ("market", "From sellers or healers"),
                                    ("other", "Elsewhere"),
                                ],
                                max_length=12,
                                verbose_name="where it is heard",
                            ),
                        ),
                        ("first_seen", models.DateField(blank=True, null=True, verbose_name="first heard")),
                        (
                            "short_text",
                            models.CharField(
                                blank=True,
                                help_text="Empty: made from the fact and the verdict.",
                                max_length=280,
                                verbose_name="words to share",
                            ),
                        ),
                        (
                            "checked_on",
                            models.DateField(
                                blank=True, db_index=True, editable=False, null=True, verbose_name="checked"
                            ),
                        ),
                        (
                            "review_due",
                            models.DateField(
                                blank=True, db_index=True, editable=False, null=True, verbose_name="review due"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "myth check",
                        "verbose_name_plural": "myth checks",
                    },
                    bases=("knowledge.audiencedpage",),
                ),
                migrations.CreateModel(
                    name="BulletinPage",
                    fields=[
                        (
                            "audiencedpage_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="knowledge.audiencedpage",
                            ),
                        ),
                        (
                            "severity",
                            models.CharField(
                                choices=[("info", "For information"), ("warning", "Warning"), ("critical", "Critical")],
                                default="warning",
                                max_length=8,
                                verbose_name="severity",
                            ),
                        ),
                        (
                            "known_since",
                            models.DateTimeField(
                                default=community.core.clock.now,
                                help_text="From here the time to the first bulletin is counted.",
                                verbose_name="when we learned of it",
                            ),
                        ),
                        ("known", models.TextField(max_length=3000, verbose_name="what is known")),
                        ("unknown", models.TextField(blank=True, max_length=2000, verbose_name="what is not known")),
                        (
                            "being_done",
                            models.TextField(blank=True, max_length=2000, verbose_name="what is being done"),
                        ),
                        (
                            "trust",
                            models.TextField(
                                blank=True,
                                help_text="Who says so, how they know, and how certain it is.",
                                max_length=2000,
                                verbose_name="why trust this",
                            ),
                        ),
                        (
                            "sources",
                            models.TextField(
                                blank=True,
                                help_text="One to a line, with its address if it has one.",
                                max_length=3000,
                                verbose_name="sources",
                            ),
                        ),
                        (
                            "steps",
                            wagtail.fields.StreamField(
                                [("role", 3)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("everybody", "Everybody"),
                                                ("physicians", "Physicians"),
                                                ("nurses", "Nurses and midwives"),
                                                ("pharmacists", "Pharmacists"),
                                                ("laboratory", "Laboratory"),
                                                ("community", "Community health workers"),
                                                ("emergency", "Ambulance and emergency"),
                                                ("managers", "Managers and infection control"),
                                            ],
                                            "label": "for",
                                        },
                                    ),
                                    1: ("wagtail.blocks.TextBlock", (), {"label": "do", "required": False, "rows": 3}),
                                    2: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {"label": "do not", "required": False, "rows": 2},
                                    ),
                                    3: ("wagtail.blocks.StructBlock", [[("role", 0), ("do", 1), ("dont", 2)]], {}),
                                },
                                verbose_name="what to do now, by role",
                            ),
                        ),
                        (
                            "consequences",
                            models.TextField(blank=True, max_length=2000, verbose_name="what follows if one does not"),
                        ),
                        (
                            "contacts",
                            models.TextField(
                                blank=True,
                                help_text="Of offices, not of patients.",
                                max_length=1000,
                                verbose_name="contacts",
                            ),
                        ),
                        ("next_update_at", models.DateTimeField(verbose_name="next update")),
                        ("expires_at", models.DateTimeField(db_index=True, verbose_name="in force until")),
                        (
                            "who_regions",
                            models.CharField(
                                blank=True, help_text="None: everywhere.", max_length=40, verbose_name="WHO regions"
                            ),
                        ),
                        (
                            "is_drill",
                            models.BooleanField(
                                default=False,
                                help_text="Marked as an exercise and shown to the duty roster only.",
                                verbose_name="drill",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("first_released_at", models.DateTimeField(db_index=True, editable=False, null=True)),
                        ("shown_until", models.DateTimeField(editable=False, null=True)),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        ("superseded_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "countries",
                            modelcluster.fields.ParentalManyToManyField(
                                blank=True,
                                help_text="Beside the regions.",
                                related_name="+",
                                to="members.country",
                                verbose_name="countries",
                            ),
                        ),
                        (
                            "professions",
                            modelcluster.fields.ParentalManyToManyField(
                                blank=True,
                                help_text="None: all.",
                                related_name="+",
                                to="members.profession",
                                verbose_name="professions",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="superseded_by",
                                to="knowledge.bulletinpage",
                                verbose_name="takes the place of",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bulletin",
                        "verbose_name_plural": "bulletins",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("known_since"))),
                                name="bulletin_expires_after_it_begins",
                            )
                        ],
                    },
                    bases=("knowledge.audiencedpage",),
                ),
                migrations.CreateModel(
                    name="BulletinRelease",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("revision_id", models.BigIntegerField()),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("signed", "signed by one, waits for a second"),
                                    ("alone", "released by one, for two hours at most"),
                                    ("released", "released by two"),
                                    ("superseded", "replaced by a newer version"),
                                    ("withdrawn", "withdrawn"),
                                    ("void", "changed before its release"),
                                ],
                                default="signed",
                                max_length=10,
                            ),
                        ),
                        ("signed_at", models.DateTimeField(default=community.core.clock.now)),
                        ("seconded_at", models.DateTimeField(null=True)),
                        ("released_at", models.DateTimeField(null=True)),
                        ("alone_until", models.DateTimeField(null=True)),
                        (
                            "alone_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="why without a second"),
                        ),
                        ("is_correction", models.BooleanField(default=False)),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="releases",
                                to="knowledge.bulletinpage",
                            ),
                        ),
                        (
                            "second_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "release of a bulletin",
                        "verbose_name_plural": "releases of bulletins",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("second_by", None),
                                    models.Q(("second_by", models.F("signed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="release_by_two_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["released", "superseded"]), _negated=True),
                                    models.Q(("released_at__isnull", False), ("second_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="released_only_with_a_second",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "alone"), _negated=True),
                                    models.Q(
                                        ("alone_until__gt", models.F("released_at")),
                                        ("released_at__isnull", False),
                                        ("second_by", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="alone_only_for_a_time",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["signed", "alone"])),
                                fields=("page",),
                                name="one_release_on_its_way",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "released")), fields=("page",), name="one_release_in_force"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BulletinVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("content", models.JSONField()),
                        ("digest", models.CharField(max_length=64)),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="knowledge.bulletinpage",
                            ),
                        ),
                        (
                            "release",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="version",
                                to="knowledge.bulletinrelease",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a bulletin",
                        "verbose_name_plural": "versions of bulletins",
                        "ordering": ["page", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("page", "number"), name="bulletin_version_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BulletinOpening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bulletins_opened",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openings",
                                to="knowledge.bulletinversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "opening of a bulletin",
                        "verbose_name_plural": "openings of bulletins",
                        "constraints": [models.UniqueConstraint(fields=("version", "member"), name="opened_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "part",
                            models.CharField(
                                blank=True, help_text="Such as “infection, Africa”.", max_length=80, verbose_name="part"
                            ),
                        ),
                        ("starts_at", models.DateTimeField(default=community.core.clock.now, verbose_name="from")),
                        (
                            "ends_at",
                            models.DateTimeField(
                                blank=True, help_text="Empty: until further notice.", null=True, verbose_name="until"
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="duties",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="member",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "duty",
                        "verbose_name_plural": "duty roster",
                        "ordering": ["starts_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_at", None), ("ends_at__gt", models.F("starts_at")), _connector="OR"
                                ),
                                name="duty_ends_after_it_starts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MythReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("agrees", models.BooleanField(verbose_name="agrees")),
                        ("note", models.TextField(blank=True, max_length=1500, verbose_name="reason")),
                        ("no_conflict", models.BooleanField(default=False, verbose_name="no conflict of interest")),
                        ("conflict", models.CharField(blank=True, max_length=300, verbose_name="conflict of interest")),
                        ("digest", models.CharField(max_length=64)),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reviews",
                                to="knowledge.mythpage",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="myth_reviews",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "review of a myth check",
                        "verbose_name_plural": "reviews of myth checks",
                        "ordering": ["at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("page", "reviewer", "digest"), name="myth_review_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agrees", True), models.Q(("note", ""), _negated=True), _connector="OR"
                                ),
                                name="myth_dissent_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("no_conflict", True), models.Q(("conflict", ""), _negated=True), _connector="OR"
                                ),
                                name="myth_conflict_declared",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rumour",
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
                        ("headline", models.CharField(max_length=300, verbose_name="what is said")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("taken_up", "being checked"),
                                    ("answered", "checked"),
                                    ("set_aside", "set aside"),
                                    ("merged", "put together with another"),
                                ],
                                default="waiting",
                                max_length=9,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "first_at",
                            models.DateTimeField(default=community.core.clock.now, verbose_name="first heard"),
                        ),
                        (
                            "last_at",
                            models.DateTimeField(
                                db_index=True, default=community.core.clock.now, verbose_name="last heard"
                            ),
                        ),
                        (
                            "page",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="rumours",
                                to="knowledge.mythpage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rumour",
                        "verbose_name_plural": "rumours",
                        "ordering": ["-last_at"],
                        "indexes": [models.Index(fields=["state", "-last_at"], name="rumour_waiting")],
                    },
                ),
                migrations.CreateModel(
                    name="Hearing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
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
                                related_name="rumours_heard",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rumour",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hearings",
                                to="knowledge.rumour",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hearing",
                        "verbose_name_plural": "hearings",
                        "constraints": [models.UniqueConstraint(fields=("rumour", "member"), name="heard_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Telling",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="what is said")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("patients", "From patients or families"),
                                    ("messenger", "In a messenger group"),
                                    ("social", "On social media"),
                                    ("news", "In the news"),
                                    ("colleagues", "From colleagues"),
                                    ("market", "From sellers or healers"),
                                    ("other", "Elsewhere"),
                                ],
                                max_length=12,
                                verbose_name="where",
                            ),
                        ),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="rumours_told",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rumour",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tellings",
                                to="knowledge.rumour",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "telling",
                        "verbose_name_plural": "tellings",
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Sorting",
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
                                choices=[("merged", "put together"), ("split", "parted")],
                                max_length=6,
                                verbose_name="kind",
                            ),
                        ),
                        ("tellings", models.JSONField(default=list)),
                        ("hearings", models.JSONField(default=list)),
                        ("at", models.DateTimeField(default=community.core.clock.now)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
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
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sorted_from",
                                to="knowledge.rumour",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sorted_into",
                                to="knowledge.rumour",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sorting of rumours",
                        "verbose_name_plural": "sortings of rumours",
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("source", models.F("target")), _negated=True),
                                name="sorting_between_two_rumours",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Translation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("language", models.CharField(max_length=8, verbose_name="language")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being translated"),
                                    ("waiting", "waits for a second reader"),
                                    ("done", "published"),
                                ],
                                db_index=True,
                                default="draft",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        ("of_version", models.PositiveIntegerField(verbose_name="version that is translated")),
                        ("texts", models.JSONField(default=dict, verbose_name="draft")),
                        ("held", models.BooleanField(default=False, verbose_name="a moderator must read it")),
                        (
                            "answer",
                            models.CharField(
                                blank=True, max_length=600, verbose_name="what the second reader asks for"
                            ),
                        ),
                        (
                            "shown_version",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="version that is shown"),
                        ),
                        ("shown", models.JSONField(default=dict, verbose_name="published")),
                        ("begun_at", models.DateTimeField(default=community.core.clock.now, verbose_name="begun")),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="in_other_languages",
                                to="knowledge.writeuppage",
                            ),
                        ),
                        (
                            "reader",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "translator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="translations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "translation",
                        "verbose_name_plural": "translations",
                        "ordering": ["language"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("page", "language"), name="translation_once_for_each_language"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("shown_version", None), ("reader__isnull", False), _connector="OR"),
                                name="translation_has_a_second_reader",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
