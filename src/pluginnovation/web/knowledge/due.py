"""Which pages are to be reviewed anew, who is told, and whose registrations are forgotten."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from .editors.models import EDITOR, Editor
from .models import CasePage, GuidePage, MethodPage, Registration, ResearchPage, ReviewReminder, StatisticsPage

REVIEWED: Final[tuple[Any, ...]] = (MethodPage, CasePage, ResearchPage, GuidePage, StatisticsPage)
FORGOTTEN_AFTER: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Reminded:
    """pages: whose day had come and that somebody was told of now; told: how many mails went out."""

    pages: int
    told: int


def due_pages(today: date) -> list[Any]:
    """The published pages whose day to be read anew has come, the longest overdue first."""
    found = [page for model in REVIEWED for page in model.objects.live().filter(next_review__lte=today)]
    return sorted(found, key=lambda page: (page.next_review, page.title))


@transaction.atomic
def remind(*, at: datetime) -> Reminded:
    """Tell the editors of pages that fell due, once for each day that was set; their first page lists them anyhow."""
    known = set(ReviewReminder.objects.values_list("page", "due"))
    new = [page for page in due_pages(at.date()) if (page.pk, page.next_review) not in known]
    ReviewReminder.objects.bulk_create(
        ReviewReminder(page_id=page.pk, due=page.next_review, told_at=at) for page in new
    )
    return Reminded(len(new), _mail(new) if new and settings.EMAIL_HOST else 0)


def _mail(pages: list[Any]) -> int:
    editors = Editor.objects.filter(groups__name=EDITOR, is_active=True).exclude(email="")
    lines = [
        f"{page.next_review} {page.title}: {settings.HUB_ADDRESS}/redigera/pages/{page.pk}/edit/" for page in pages
    ]
    text = "\n".join([_("Dags att granska igen:"), "", *lines])
    sent = [send_mail(_("Sidor att granska igen"), text, None, [each.email], fail_silently=True) for each in editors]
    return sum(sent)


def forget_registrations(*, at: datetime) -> int:
    """Remove the names and addresses of those who registered, thirty days after the event; how many."""
    ended = Registration.objects.annotate(over=Coalesce(F("event__ends"), F("event__starts")))
    return ended.filter(over__lt=at - FORGOTTEN_AFTER).delete()[0]
