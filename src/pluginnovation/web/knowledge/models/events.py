"""The calendar: conferences, seminars and networks, with programme, places and materials."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from ..blocks import Body, Programme
from ..fields import BlocksField, KeyField
from .panels import FieldPanel
from .reviewed import LeadPage, titled


class EventIndex(LeadPage):
    """The calendar."""

    parent_page_types = ["knowledge.HomePage"]
    subpage_types = ["knowledge.EventPage"]
    max_count_per_parent = 1
    content_panels = titled()

    class Meta:
        verbose_name = _("kalender")


class EventPage(LeadPage):
    """One event.

    ends, registration_closes   None: not said
    seats                       None: no limit; when they are taken, the rest wait in line
    online                      an address to take part at a distance; empty: none
    called_off                  it stays in the calendar and says so; nobody can register any more
    """

    kind = KeyField("event_kind")
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True, default="")
    online = models.URLField(blank=True, default="")
    seats = models.PositiveIntegerField(null=True, blank=True)
    registration_closes = models.DateTimeField(null=True, blank=True)
    called_off = models.BooleanField(default=False)
    body = BlocksField(Body())
    programme = BlocksField(Programme())

    parent_page_types = ["knowledge.EventIndex"]
    subpage_types: list[str] = []

    content_panels = titled(
        FieldPanel("kind", heading=_("Slag")),
        FieldRowPanel([FieldPanel("starts", heading=_("Börjar")), FieldPanel("ends", heading=_("Slutar"))]),
        FieldRowPanel([FieldPanel("place", heading=_("Plats")), FieldPanel("online", heading=_("Adress på nätet"))]),
        FieldPanel(
            "called_off",
            heading=_("Inställd"),
            help_text=_(
                "Den står kvar i kalendern som inställd. Den som är anmäld får ett mejl, om hubben skickar mejl."
            ),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "seats", heading=_("Platser"), help_text=_("Tomt: ingen gräns. Den som inte får plats ställs i kö.")
                ),
                FieldPanel("registration_closes", heading=_("Sista anmälan")),
            ],
            heading=_("Anmälan"),
        ),
        FieldPanel("programme", heading=_("Program")),
        FieldPanel("body", heading=_("Text")),
        InlinePanel("materials", heading=_("Material"), label=_("Dokument")),
    )

    class Meta:
        verbose_name = _("träff")

    def clean(self) -> None:
        """Raises ValidationError when it ends before it begins."""
        super().clean()
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": gettext("Slutet ska komma efter början.")})


class EventMaterial(Orderable):
    """A document from an event."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="materials")
    document = models.ForeignKey("knowledge.HubDocument", models.PROTECT, related_name="+")

    panels = [FieldPanel("document", heading=_("Dokument"))]


class Registration(models.Model):
    """An adult's place at an event: all that the hub knows of anybody but its editors. Gone 30 days after the event.

    token          a hash of what their own link holds, to see and withdraw it with
    waiting        in line, for lack of seats; position in line is `at`
    withdrawn_at   None: stands
    """

    event = models.ForeignKey(EventPage, models.CASCADE, related_name="registrations")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    organisation = models.CharField(max_length=200, blank=True, default="")
    needs = models.CharField(max_length=300, blank=True, default="")
    token = models.CharField(max_length=64, unique=True)
    waiting = models.BooleanField(default=False)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"], condition=models.Q(withdrawn_at=None), name="registered_once"
            )
        ]
