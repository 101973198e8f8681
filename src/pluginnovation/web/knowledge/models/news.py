"""News."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from ..blocks import Body
from ..fields import BlocksField
from .reviewed import LeadPage, titled


class NewsIndex(LeadPage):
    """The list of news."""

    called = _("Lista över nyheter")
    parent_page_types = ["knowledge.HomePage"]
    subpage_types = ["knowledge.NewsPage"]
    max_count_per_parent = 1
    content_panels = titled()


class NewsPage(LeadPage):
    """One piece of news. day: the day it is dated, which the list is sorted by."""

    called = _("Nyhet")
    day = models.DateField()
    body = BlocksField(Body())

    parent_page_types = ["knowledge.NewsIndex"]
    subpage_types: list[str] = []
    content_panels = titled(FieldPanel("day", heading=_("Dag")), FieldPanel("body", heading=_("Text")))
