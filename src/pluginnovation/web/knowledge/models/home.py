"""The first page in each language, pages of plain text, and the page of published statistics."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from ..blocks import Body
from ..fields import BlocksField
from .reviewed import REVIEW_PANELS, LeadPage, Reviewed, titled


class HomePage(LeadPage):
    """The first page. One in each language, and everything else stands under it."""

    called = _("Startsida")
    body = BlocksField(Body())

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "knowledge.MethodIndex", "knowledge.CaseIndex", "knowledge.ResearchIndex", "knowledge.GuideIndex",
        "knowledge.EventIndex", "knowledge.NewsIndex", "knowledge.StatisticsPage", "knowledge.PlainPage",
    ]  # fmt: skip
    content_panels = titled(FieldPanel("body", heading=_("Text")))


class PlainPage(LeadPage):
    """A page of text: about the hub, how certainty is judged, accessibility, personal data."""

    called = _("Textsida")
    body = BlocksField(Body())

    parent_page_types = ["knowledge.HomePage"]
    subpage_types: list[str] = []
    content_panels = titled(FieldPanel("body", heading=_("Text")))


class StatisticsPage(Reviewed, LeadPage):
    """Published statistics: each figure with its year and source."""

    called = _("Statistik")
    body = BlocksField(Body())

    parent_page_types = ["knowledge.HomePage"]
    subpage_types = ["knowledge.StatisticsPage"]
    content_panels = titled(FieldPanel("body", heading=_("Text")))
    settings_panels = [*REVIEW_PANELS, *LeadPage.settings_panels]
