"""What every page that claims something carries: when it was reviewed, by which role, and when that is due again."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel
from wagtail.compat import HTTPMethod
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from ..by_two import ByTwo, CopyAsDraft, require_two
from ..plain import plain
from .panels import FieldPanel


class Reviewed(models.Model):
    """Mixed into page types.

    reviewed_on     the day somebody at another school had read it; None: not reviewed, and the page says so
    next_review     when it is to be read anew; None: no day is set
    reviewer_role   a role such as 'rektor vid en annan skola', never a name
    version         what a citation names: counts the times the page was published
    """

    reviewed_on = models.DateField(null=True, blank=True)
    next_review = models.DateField(null=True, blank=True)
    reviewer_role = models.CharField(max_length=100, blank=True, default="")
    version = models.CharField(max_length=20, blank=True, default="1")

    class Meta:
        abstract = True

    @property
    def not_yet_reviewed(self) -> bool:
        """Whether nobody has reviewed it. Shown, never hidden."""
        return self.reviewed_on is None

    def review_is_due(self, today: date) -> bool:
        """Whether the day to read it anew has come."""
        return self.next_review is not None and self.next_review <= today


# Only the editors set these by hand; the workflow sets them when a reviewer approves.
MAY_SET = "knowledge.change_peerreview"
REVIEW_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel(
                "reviewed_on",
                permission=MAY_SET,
                heading=_("Granskad"),
                help_text=_("Sätts när en granskare på en annan skola godkänner. Tomt visas som: inte granskad än."),
            ),
            FieldPanel(
                "reviewer_role",
                permission=MAY_SET,
                heading=_("Granskare"),
                help_text=_("En roll, aldrig ett namn: elevhälsan i en annan kommun."),
            ),
            FieldPanel(
                "next_review",
                permission=MAY_SET,
                heading=_("Granskas igen"),
                help_text=_("Redaktionen blir påmind den dagen."),
            ),
        ],
        heading=_("Granskning"),
    )
]


class LeadPage(Page):
    """What all page types of the hub share: a lead, and a body of blocks where there is one.

    other_words   what people call it, with commas between; only the search reads it
    """

    # Everything here is for anyone: no page is hidden behind a password or a group.
    private_page_options: list[str] = []
    # A page is only read; forms have addresses of their own.
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    copy_form_class = CopyAsDraft
    lead = models.TextField(blank=True, default="", max_length=500)
    other_words = models.TextField(blank=True, default="", max_length=500)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Raises ValidationError for a title or a lead that isn't only words."""
        super().clean()
        wrong: dict[str, list[str]] = {}
        for name in ("title", "lead"):
            try:
                plain(getattr(self, name))
            except ValidationError as error:
                wrong[name] = error.messages
        if wrong:
            raise ValidationError(wrong)

    def permissions_for_user(self, user: Any) -> ByTwo:
        """What the user may do: publish what somebody else wrote."""
        return ByTwo(user, self)

    def publish(self, revision: Any, user: Any = None, **how: Any) -> Any:
        """Publish, or schedule, a revision. Raises NotByTwo when the user wrote it."""
        require_two(revision, user)
        # The page and the note of who let it out are one: the database looks for both when they are kept.
        with transaction.atomic():
            return super().publish(revision, user=user, **how)

    def save_revision(self, user: Any = None, **how: Any) -> Any:
        """Save a revision. One that is made on the way, such as a translation's first, is whoever asked for it."""
        return super().save_revision(user=user or get_active_log_context().user, **how)

    def _get_site_root_paths(self, request: Any = None) -> Any:
        from ..roots import site_roots

        found = site_roots()
        if request is not None:
            # Where Wagtail looks for them afterwards, when a moved page leaves its redirect.
            request._wagtail_cached_site_root_paths = found
        return found

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the page's template shows, published or in a preview."""
        from ..pages.contexts import context_of

        return {**super().get_context(request, *args, **kwargs), **context_of(self, request)}


def lead_panel() -> FieldPanel:
    """The field that begins every page."""
    return FieldPanel(
        "lead",
        heading=_("Ingress"),
        help_text=_("En eller två meningar: vad det är, för vem. Den visas i listor och i sökningen."),
    )


def other_words_panel() -> FieldPanel:
    """The field for what a page is called by those who don't know its title."""
    return FieldPanel(
        "other_words",
        heading=_("Andra ord"),
        help_text=_("Det folk säger i stället, med komma emellan: skolk, hemmasittare. Visas inte, men söks."),
    )


def titled(*panels: object) -> list[object]:
    """The panels of a page: its title, its lead, then these, and what it is also called."""
    return [*Page.content_panels, lead_panel(), *panels, other_words_panel()]
