"""The first page in each language, pages of plain text, and the page of published statistics."""

from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import resolve
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from ..blocks import Body
from ..fields import BlocksField
from .panels import FieldPanel
from .reviewed import REVIEW_PANELS, LeadPage, Reviewed, titled

# What an address leads to that isn't anything of the hub's own; and what the address of a language begins with.
SERVED_BY: Final = "pluginnovation.web.knowledge.pages.serving"
LANGUAGES: Final = ("sv", "en")


class HomePage(LeadPage):
    """The first page. One in each language, and everything else stands under it."""

    body = BlocksField(Body())

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "knowledge.MethodIndex", "knowledge.CaseIndex", "knowledge.ResearchIndex", "knowledge.GuideIndex",
        "knowledge.EventIndex", "knowledge.NewsIndex", "knowledge.StatisticsPage", "knowledge.PlainPage",
    ]  # fmt: skip
    content_panels = titled(FieldPanel("body", heading=_("Text")))

    class Meta:
        verbose_name = _("startsida")


class PlainPage(LeadPage):
    """A page of text: about the hub, how certainty is judged, accessibility, personal data."""

    body = BlocksField(Body())

    parent_page_types = ["knowledge.HomePage"]
    subpage_types: list[str] = []
    content_panels = titled(FieldPanel("body", heading=_("Text")))

    class Meta:
        verbose_name = _("textsida")

    def clean(self) -> None:
        """Raises ValidationError for an address that the hub uses itself, where nobody would ever find the page."""
        super().clean()
        if self.slug and (self.slug in LANGUAGES or _is_taken(f"/{self.slug}/")):
            raise ValidationError({"slug": gettext("Adressen används redan av kunskapsbanken själv. Välj en annan.")})


def _is_taken(address: str) -> bool:
    """Whether an address leads to anything but pages, whatever language the editor's own pages are in."""
    with override(settings.LANGUAGE_CODE):
        return resolve(address).func.__module__ != SERVED_BY


class StatisticsPage(Reviewed, LeadPage):
    """Published statistics: each figure with its year and source."""

    body = BlocksField(Body())

    parent_page_types = ["knowledge.HomePage"]
    subpage_types = ["knowledge.StatisticsPage"]
    content_panels = titled(FieldPanel("body", heading=_("Text")))
    settings_panels = [*REVIEW_PANELS, *LeadPage.settings_panels]

    class Meta:
        verbose_name = _("statistik")
