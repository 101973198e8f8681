"""Guides: a success factor each, with a checklist for one's own school."""

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from ..blocks import Body, Points
from ..fields import BlocksField, KeyField
from .choosing import OwnLanguageForm
from .panels import FieldPanel
from .reviewed import REVIEW_PANELS, LeadPage, Reviewed, titled


class GuideIndex(LeadPage):
    """The list of guides."""

    parent_page_types = ["knowledge.HomePage"]
    subpage_types = ["knowledge.GuidePage"]
    max_count_per_parent = 1
    content_panels = titled()

    class Meta:
        verbose_name = _("lista över guider")


class GuidePage(Reviewed, LeadPage):
    """One guide.

    factor     the success factor it is about; empty: none
    checklist  points to answer about one's own school
    """

    factor = KeyField("factors")
    body = BlocksField(Body())
    checklist = BlocksField(Points())
    methods = ParentalManyToManyField("knowledge.MethodPage", blank=True, related_name="guides")

    base_form_class = OwnLanguageForm
    parent_page_types = ["knowledge.GuideIndex"]
    subpage_types: list[str] = []

    content_panels = titled(
        FieldPanel("factor", heading=_("Framgångsfaktor")),
        FieldPanel("body", heading=_("Text")),
        FieldPanel(
            "checklist", heading=_("Checklista"), help_text=_("Sådant som en skola kan svara ja, delvis eller nej på.")
        ),
        FieldPanel("methods", heading=_("Metoder"), widget=CheckboxSelectMultiple),
    )
    settings_panels = [*REVIEW_PANELS, *LeadPage.settings_panels]

    class Meta:
        verbose_name = _("guide")
