"""Images and documents: nobody may use one without saying whose it is and, of an image, what it shows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition


class HubImage(AbstractImage):
    """An image.

    description     what it shows, in words: read aloud instead of it
    rights_holder   who made it or owns it; licence: what lets the hub use it
    """

    description = models.CharField(max_length=255)
    rights_holder = models.CharField(max_length=200)
    licence = models.CharField(max_length=200)

    admin_form_fields = ("title", "file", "description", "rights_holder", "licence", "collection", "tags")

    class Meta(AbstractImage.Meta):
        verbose_name, verbose_name_plural = _("bild"), _("bilder")
        permissions = [("choose_image", "Can choose image")]


class HubRendition(AbstractRendition):
    """An image in another size."""

    image = models.ForeignKey(HubImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_each")
        ]


class HubDocument(AbstractDocument):
    """A document to download. rights_holder: who made it; licence: what lets the hub spread it."""

    rights_holder = models.CharField(max_length=200)
    licence = models.CharField(max_length=200)

    admin_form_fields = ("title", "file", "rights_holder", "licence", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = verbose_name_plural = _("dokument")
        permissions = [("choose_document", "Can choose document")]
