"""Research: what a review or a study found, in plain words, with how sure it is."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import MultiFieldPanel

from ..blocks import Body, Studies
from ..fields import BlocksField, KeyField, KeysField
from .choosing import OwnLanguageForm
from .methods import MOST_LOCKS
from .panels import FieldPanel
from .reviewed import REVIEW_PANELS, LeadPage, Reviewed, titled


class ResearchIndex(LeadPage):
    """The list of research summaries."""

    parent_page_types = ["knowledge.HomePage"]
    subpage_types = ["knowledge.ResearchPage"]
    max_count_per_parent = 1
    content_panels = titled()

    class Meta:
        verbose_name = _("lista över forskning")


class ResearchPage(Reviewed, LeadPage):
    """One summary.

    group     the hub's own sorting, see `words.OWN`
    studies   what it rests on; locks: 0-5 how sure; 0: it can't tell
    year      of publication of what is summarised; None: several
    """

    group = KeyField("research_group")
    problems, factors = KeysField("problems"), KeysField("factors")
    methods = ParentalManyToManyField("knowledge.MethodPage", blank=True, related_name="research")
    body = BlocksField(Body())
    studies = BlocksField(Studies())
    locks = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(MOST_LOCKS)])
    year = models.PositiveSmallIntegerField(null=True, blank=True)

    base_form_class = OwnLanguageForm
    parent_page_types = ["knowledge.ResearchIndex"]
    subpage_types: list[str] = []

    content_panels = titled(
        FieldPanel("body", heading=_("Text")),
        FieldPanel("studies", heading=_("Studier")),
        FieldPanel("locks", heading=_("Säkerhet, 0-5"), help_text=_("0 när studierna inte kan säga något.")),
        FieldPanel("year", heading=_("År"), help_text=_("Tomt när den bygger på flera.")),
        FieldPanel("methods", heading=_("Metoder"), widget=CheckboxSelectMultiple),
    )
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("group", heading=_("Avdelning")),
                FieldPanel("problems", heading=_("Problem")),
                FieldPanel("factors", heading=_("Framgångsfaktorer")),
            ],
            heading=_("Vad den handlar om"),
        ),
        *LeadPage.promote_panels,
    ]
    settings_panels = [*REVIEW_PANELS, *LeadPage.settings_panels]

    class Meta:
        verbose_name = _("forskning")
