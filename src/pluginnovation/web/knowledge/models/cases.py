"""Experiences: what somebody did, what happened and what they learnt, tied to the methods and to the estimates."""

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from ..blocks import Lessons
from ..fields import BlocksField, KeysField
from .choosing import OwnLanguageForm
from .panels import FieldPanel
from .reviewed import REVIEW_PANELS, LeadPage, Reviewed, titled


class CaseIndex(LeadPage):
    """The list of experiences."""

    parent_page_types = ["knowledge.HomePage"]
    subpage_types = ["knowledge.CasePage"]
    max_count_per_parent = 1
    content_panels = titled()

    class Meta:
        verbose_name = _("lista över erfarenheter")


class CasePage(Reviewed, LeadPage):
    """One experience.

    place        the municipality or school, as it was published
    period       when, such as 'hösten 2012 - våren 2014'
    made_up      an invented example, and shown as *påhittat exempel*
    source       where the facts were published; empty only for a made-up one and for the network's own
    project      a sub-project's key at its node, when the page comes from its report; empty: none
    learnt       one or two sentences for whoever has the method in front of them
    """

    place = models.CharField(max_length=200, blank=True, default="")
    period = models.CharField(max_length=100, blank=True, default="")
    methods = ParentalManyToManyField("knowledge.MethodPage", blank=True, related_name="cases")
    problems, years = KeysField("problems"), KeysField("years")
    learnt = models.TextField(blank=True, default="", max_length=500)
    body = BlocksField(Lessons())
    made_up = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True, default="")
    source_url = models.URLField(blank=True, default="", max_length=500)
    project = models.CharField(max_length=200, blank=True, default="")

    base_form_class = OwnLanguageForm
    parent_page_types = ["knowledge.CaseIndex"]
    subpage_types: list[str] = []

    content_panels = titled(
        FieldRowPanel([FieldPanel("place", heading=_("Var")), FieldPanel("period", heading=_("När"))]),
        FieldPanel("body", heading=_("Berättelsen")),
        FieldPanel("learnt", heading=_("Det viktigaste ni lärde er"), help_text=_("En eller två meningar.")),
        FieldPanel("methods", heading=_("Metoder"), widget=CheckboxSelectMultiple),
        InlinePanel(
            "figures",
            heading=_("Siffror ur uppföljningen"),
            label=_("Siffra"),
            help_text=_("Välj en skattning. Siffrorna hämtas därifrån och skrivs aldrig av."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("made_up", heading=_("Påhittat exempel"), help_text=_("Visas tydligt på sidan.")),
                FieldPanel("source", heading=_("Källa")),
                FieldPanel("source_url", heading=_("Källans adress")),
            ],
            heading=_("Varifrån"),
        ),
    )
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("problems", heading=_("Problem")), FieldPanel("years", heading=_("Årskurser"))],
            heading=_("För vem och för vad"),
        ),
        *LeadPage.promote_panels,
    ]
    settings_panels = [*REVIEW_PANELS, *LeadPage.settings_panels]

    class Meta:
        verbose_name = _("erfarenhet")

    def clean(self) -> None:
        """Raises ValidationError when facts have no source."""
        super().clean()
        if not (self.made_up or self.source.strip() or self.project):
            raise ValidationError(
                {"source": gettext("Skriv var det är publicerat, eller märk sidan som påhittat exempel.")}
            )


class CaseFigure(Orderable):
    """A figure of a case: a reference to an estimate that was received, never a number written anew."""

    page = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="figures")
    estimate = models.ForeignKey("knowledge.SiteEstimateRow", models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True, default="")

    panels = [FieldPanel("estimate", heading=_("Skattning")), FieldPanel("note", heading=_("Vad den gäller"))]
