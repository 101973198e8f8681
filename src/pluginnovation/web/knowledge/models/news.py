"""News."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..blocks import Body
from ..fields import BlocksField
from .panels import FieldPanel
from .reviewed import LeadPage, titled


class NewsIndex(LeadPage):
    """The list of news."""

    parent_page_types = ["knowledge.HomePage"]
    subpage_types = ["knowledge.NewsPage"]
    max_count_per_parent = 1
    content_panels = titled()

    class Meta:
        verbose_name = _("lista över nyheter")


class NewsPage(LeadPage):
    """One piece of news. day: the day it is dated, which the list is sorted by."""

    day = models.DateField()
    body = BlocksField(Body())

    parent_page_types = ["knowledge.NewsIndex"]
    subpage_types: list[str] = []
    content_panels = titled(FieldPanel("day", heading=_("Dag")), FieldPanel("body", heading=_("Text")))

    class Meta:
        verbose_name = _("nyhet")
