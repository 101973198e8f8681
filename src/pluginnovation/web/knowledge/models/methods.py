"""Methods: what can be done, for whom, how, and how sure anybody is that it helps."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel

from pluginnovation.support.catalogue import MEASURES

from ..blocks import How, Points, Studies
from ..fields import BlocksField, KeyField, KeysField
from .panels import FieldPanel
from .reviewed import REVIEW_PANELS, LeadPage, Reviewed, titled

MOST_LOCKS = 5


class MethodIndex(LeadPage):
    """The list of methods."""

    parent_page_types = ["knowledge.HomePage"]
    subpage_types = ["knowledge.MethodPage"]
    max_count_per_parent = 1
    content_panels = titled()

    class Meta:
        verbose_name = _("lista över metoder")


class MethodPage(Reviewed, LeadPage):
    """One method. Its key is its slug, the same in every language, and measures at the nodes carry it.

    problems … factors   keys of the vocabulary's lists; empty: none in particular
    intent, reach, level three axes, as `support.catalogue` has them
    kind                 the kind of measure it is at a node; empty: none in particular
    how                  blocks: steps, roles, time, training, material
    cost_low, cost_high  kronor for `cost_unit`; None: not known
    external_locks       0-5, how sure the studies from outside make anybody; 0: they can't tell
    reasons              why it isn't surer, a point each
    external             the studies from outside
    withdrawn_on         from then on it is no longer recommended; replaced_by may say what is
    """

    problems, obstacles = KeysField("problems"), KeysField("obstacles")
    years, target_groups, settings = KeysField("years"), KeysField("target_groups"), KeysField("settings")
    factors = KeysField("factors")
    intent, reach, level = KeyField("intent"), KeyField("reach"), KeyField("level")
    kind = models.CharField(max_length=40, blank=True, default="")
    how = BlocksField(How())
    fidelity = BlocksField(Points())
    when_not = models.TextField(blank=True, default="", max_length=1000)
    cost_low = models.PositiveIntegerField(null=True, blank=True)
    cost_high = models.PositiveIntegerField(null=True, blank=True)
    cost_unit = KeyField("cost_unit")
    cost_note = models.TextField(blank=True, default="", max_length=500)
    external_locks = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(MOST_LOCKS)])
    reasons = BlocksField(Points())
    external = BlocksField(Studies())
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True, default="", max_length=1000)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    parent_page_types = ["knowledge.MethodIndex"]
    subpage_types: list[str] = []

    content_panels = titled(
        FieldPanel(
            "how", heading=_("Så gör ni"), help_text=_("Steg, roller, tid, utbildning och material, var för sig.")
        ),
        FieldPanel(
            "fidelity",
            heading=_("Kännetecken"),
            help_text=_("Det som måste vara sant för att det ska vara den här metoden. De följer med insatsen."),
        ),
        FieldPanel("when_not", heading=_("När något annat är bättre")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("cost_low", heading=_("Från")), FieldPanel("cost_high", heading=_("Till"))]),
                FieldPanel("cost_unit", heading=_("Räknat")),
                FieldPanel("cost_note", heading=_("Vad som ingår")),
            ],
            heading=_("Kostnad i kronor"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("external", heading=_("Studier från andra håll")),
                FieldPanel(
                    "external_locks", heading=_("Säkerhet, 0-5"), help_text=_("0 när studierna inte kan säga något.")
                ),
                FieldPanel("reasons", heading=_("Varför inte säkrare"), help_text=_("En sak i varje punkt.")),
            ],
            heading=_("Vad andra har funnit"),
        ),
    )
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("problems", heading=_("Problem")),
                FieldPanel("obstacles", heading=_("Hinder")),
                FieldPanel("years", heading=_("Årskurser")),
                FieldPanel("target_groups", heading=_("Målgrupp")),
                FieldPanel("settings", heading=_("Var")),
                FieldPanel("factors", heading=_("Framgångsfaktorer")),
                FieldRowPanel(
                    [
                        FieldPanel("intent", heading=_("Avsikt")),
                        FieldPanel("reach", heading=_("Räckvidd")),
                        FieldPanel("level", heading=_("Nivå")),
                    ]
                ),
                FieldPanel(
                    "kind",
                    heading=_("Slag av insats"),
                    help_text=_("Nyckeln till insatsens slag; tomt om inget passar."),
                ),
            ],
            heading=_("För vem och för vad"),
        ),
        *LeadPage.promote_panels,
    ]
    settings_panels = [
        *REVIEW_PANELS,
        MultiFieldPanel(
            [
                FieldPanel("withdrawn_on", heading=_("Vi avråder från och med")),
                FieldPanel(
                    "withdrawn_why", heading=_("Varför"), help_text=_("Ärenden som använder metoden visar texten.")
                ),
                FieldPanel("replaced_by", heading=_("Använd hellre")),
            ],
            heading=_("Avråda från metoden"),
        ),
        *LeadPage.settings_panels,
    ]

    class Meta:
        verbose_name = _("metod")

    @property
    def key(self) -> str:
        """What measures at the nodes carry."""
        return str(self.slug)

    def part(self, name: str) -> Any:
        """A part of `how` (`steps`, `roles`, `time`, `training`, `material`); None: nothing is said."""
        return next((block.value for block in self.how if block.block_type == name), None)

    def clean(self) -> None:
        """Raises ValidationError for a cost turned round, an unknown kind, a withdrawal without a reason, a new key."""
        super().clean()
        wrong: dict[str, str] = {}
        if self.cost_low is not None and self.cost_high is not None and self.cost_low > self.cost_high:
            wrong["cost_high"] = gettext("”Till” ska vara minst lika mycket som ”Från”.")
        if self.kind and self.kind not in {kind.key for kind in MEASURES}:
            wrong["kind"] = gettext("Det slaget av insats finns inte.")
        if self.withdrawn_on and not self.withdrawn_why.strip():
            wrong["withdrawn_why"] = gettext("Skriv varför: den som använder metoden behöver veta det.")
        before = MethodPage.objects.filter(pk=self.pk).first() if self.pk else None
        if before and before.first_published_at and before.slug != self.slug:
            wrong["slug"] = gettext("Adressen är metodens nyckel hos skolorna och går inte att ändra.")
        if wrong:
            raise ValidationError(wrong)
