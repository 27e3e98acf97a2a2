"""Images and documents of editors and of write-ups; file_rights.py says who sees them.

What a camera or an office program wrote into a file never reaches the disk.
"""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models.signals import pre_save
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import UploadedFile

from community.core.audiences import AudienceQuerySet
from community.knowledge.cleaning import bare_image, bare_pdf
from community.knowledge.models.pages import Audience


class Picture(AbstractImage):  # type: ignore[misc]
    """An image. Its description is required: it is what people who do not see it are told."""

    file: Any  # the parent's field, from which the type checker learns nothing
    audience = models.CharField(
        _("who may see this"), max_length=64, choices=Audience.choices, default=Audience.PUBLIC, db_index=True
    )
    write_up = models.ForeignKey(
        "knowledge.WriteUpPage", models.CASCADE, null=True, blank=True, editable=False, related_name="+"
    )
    admin_form_fields = ("title", "file", "description", "audience", "collection", "tags", "focal_point_x",
                         "focal_point_y", "focal_point_width", "focal_point_height")  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not self.file._committed:
            self.file = bare_image(self.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    def get_upload_to(self, filename: str) -> str:
        """A random name: file names from phones and records say when, where and sometimes who."""
        return f"images/{uuid4().hex[:16]}.{filename.rpartition('.')[2].lower()}"


class Rendition(AbstractRendition):  # type: ignore[misc]
    """An image in the size a page needs."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class HandoutQuerySet(DocumentQuerySet, AudienceQuerySet):  # type: ignore[misc]
    """Documents that know who may read them."""


class Handout(AbstractDocument):  # type: ignore[misc]
    """A hand-out. It is served through a view that asks who wants it."""

    file: Any  # as above
    audience = models.CharField(
        _("who may read this"), max_length=64, choices=Audience.choices, default=Audience.MEMBERS, db_index=True
    )
    write_up = models.ForeignKey(
        "knowledge.WriteUpPage", models.CASCADE, null=True, blank=True, editable=False, related_name="+"
    )

    objects = HandoutQuerySet.as_manager()
    admin_form_fields = ("title", "file", "audience", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not self.file._committed:
            self.file = bare_pdf(self.file, name=f"{slugify(self.title) or 'handout'}.pdf")
            self._set_document_file_metadata()
        super().save(*args, **kwargs)


def keep_bare(instance: Any, **_kwargs: Any) -> None:
    """A file of several that were sent at once waits for its description: bare already, under a random name."""
    if instance.file and not instance.file._committed:
        is_picture = instance.for_content_type.model_class() is Picture
        name = uuid4().hex[:16]
        kept = bare_image(instance.file) if is_picture else bare_pdf(instance.file, name=f"{name}.pdf")
        kept.name = f"{name}.{str(kept.name).rpartition('.')[2]}"
        instance.file = kept


pre_save.connect(keep_bare, sender=UploadedFile)
