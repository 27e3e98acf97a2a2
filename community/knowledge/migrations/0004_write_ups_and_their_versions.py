"""Write-ups of regional practice, their authors and their versions."""

import community.core.clock
import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0003_groups_and_their_rights"),
        ("members", "0002_reference_data"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    models.TextField(blank=True, max_length=4000, verbose_name="the problem, and whom it affects"),
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
                    models.DateField(blank=True, help_text="The month counts.", null=True, verbose_name="started"),
                ),
                (
                    "ended_on",
                    models.DateField(blank=True, help_text="Empty while it goes on.", null=True, verbose_name="ended"),
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
                            2: ("community.knowledge.practice.blocks.WordsBlock", (), {"label": "Baseline", "rows": 5}),
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
                            5: ("wagtail.blocks.TextBlock", (), {"label": "more", "required": False, "rows": 3}),
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
                            9: ("wagtail.blocks.CharBlock", (), {"label": "who", "max_length": 80, "required": False}),
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
                            22: ("wagtail.blocks.StructBlock", [[("role", 19), ("people", 20), ("part", 21)]], {}),
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
                            26: ("wagtail.blocks.TextBlock", (), {"label": "equipment", "required": False, "rows": 2}),
                            27: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "computers and data", "required": False, "rows": 2},
                            ),
                            28: ("wagtail.blocks.TextBlock", (), {"label": "training", "required": False, "rows": 2}),
                            29: (
                                "wagtail.blocks.StructBlock",
                                [[("money", 24), ("time", 25), ("equipment", 26), ("it", 27), ("training", 28)]],
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
                            42: ("community.knowledge.practice.blocks.WordsBlock", (), {"label": "Unintended effects"}),
                            43: ("community.knowledge.practice.blocks.WordsBlock", (), {"label": "What did not work"}),
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
                            47: ("wagtail.blocks.TextBlock", (), {"label": "more", "required": False, "rows": 2}),
                            48: ("wagtail.blocks.StructBlock", [[("kind", 46), ("text", 47)]], {}),
                            49: ("community.knowledge.practice.blocks.WordsBlock", (), {"label": "Sustaining it"}),
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
                            56: ("wagtail.blocks.StructBlock", [[("citation", 53), ("url", 54), ("doi", 55)]], {}),
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
                    models.DateField(blank=True, db_index=True, editable=False, null=True, verbose_name="review due"),
                ),
                (
                    "retired_because",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="why it was retired"),
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
                        choices=[("high", "High"), ("moderate", "Moderate"), ("low", "Low"), ("very_low", "Very low")],
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
            ],
            options={
                "verbose_name": "write-up",
                "verbose_name_plural": "write-ups",
            },
            bases=("knowledge.audiencedpage",),
        ),
        migrations.CreateModel(
            name="DraftComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
        migrations.AddField(
            model_name="writeuppage",
            name="tags",
            field=modelcluster.contrib.taggit.ClusterTaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="knowledge.WriteUpTag",
                to="taggit.Tag",
                verbose_name="tags",
            ),
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("content", models.JSONField(default=dict, verbose_name="content")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                ("published_at", models.DateTimeField(default=community.core.clock.now, verbose_name="published")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="knowledge.writeuppage"
                    ),
                ),
            ],
            options={
                "verbose_name": "version",
                "verbose_name_plural": "versions",
                "ordering": ["page", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("page", "number"), name="version_number_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="version_number_from_1"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Authorship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
        migrations.AddIndex(
            model_name="writeuppage",
            index=models.Index(fields=["kind", "country"], name="writeup_kind_country"),
        ),
        migrations.AddConstraint(
            model_name="writeuppage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("started_on", None), ("ended_on", None), ("ended_on__gte", models.F("started_on")), _connector="OR"
                ),
                name="writeup_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="writeuppage",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence_level__lte", 5)), name="writeup_evidence_level_in_range"
            ),
        ),
    ]
