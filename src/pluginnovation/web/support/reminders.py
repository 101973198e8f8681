"""Mail about what is due: chosen by each adult, sent in working hours, once, and without a word about anybody."""

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, localtime

from pluginnovation.support.my_day import PASSED, SIGNAL, THIS_WEEK, TODAY
from pluginnovation.support.reminding import Counts, may_send, week_of
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.duties import duties_of
from pluginnovation.web.people.models import Person, User

from .day import my_day_of
from .models import Reminded, ReminderChoice

LOG: Final = logging.getLogger(__name__)
SUBJECT: Final = "Det finns saker som väntar på dig / Things wait for you"


def choose_reminders(*, daily: bool, weekly: bool, by: User, at: datetime) -> ReminderChoice:
    """Say which mails one wants, for oneself only."""
    with recorded("choose_reminders", by=by, at=at, about=str(by.pk), daily=daily, weekly=weekly):
        row, _made = ReminderChoice.objects.update_or_create(
            user=by, defaults={"daily": daily, "weekly": weekly, "at": at}
        )
    return row


def send_reminders(*, at: datetime) -> int:
    """Send what is due to be sent. It can be asked as often as one likes: nothing goes twice, or in quiet hours.

    Gives   how many mails went
    """
    if not settings.EMAIL_HOST or not may_send(localtime(at)):
        return 0
    sent, day = 0, localdate(at)
    for choice in ReminderChoice.objects.filter(user__is_active=True).select_related("user").order_by("user"):
        address = _address(choice.user)
        if not address:
            continue
        for kind, of_day in _wanted(choice, day):
            counts = counts_of(choice.user, day)
            about = counts.due if kind == Reminded.DAILY else counts.anything
            if about and _first(choice.user, kind, of_day, at):
                sent += _send(choice.user, address, (kind, of_day), counts)
    return sent


def _wanted(choice: ReminderChoice, day: date) -> Iterator[tuple[str, date]]:
    """The mail that the adult wants and hasn't got: at most one a day, and the week's before the day's."""
    rows = list(Reminded.objects.filter(user=choice.user, day__gte=week_of(day)))
    if any(localdate(row.at) == day for row in rows):
        return
    if choice.weekly and all(row.kind != Reminded.WEEKLY for row in rows):
        yield Reminded.WEEKLY, week_of(day)
    elif choice.daily:
        yield Reminded.DAILY, day


def counts_of(user: User, day: date) -> Counts:
    """What waits for an adult, in all roles together; a thing that several roles see is counted once."""
    clocks: Counter[str] = Counter()
    signals, seen = 0, set()
    for duty in duties_of(user, day):
        mine = my_day_of(duty, user.person_id or "")
        for item in (*mine.now, *mine.ahead):
            key = (item.task.kind, item.task.key)
            if key in seen:
                continue
            seen.add(key)
            if item.task.kind == SIGNAL:
                signals += 1
            else:
                clocks[item.clock] += 1
    return Counts(clocks[PASSED], clocks[TODAY], clocks[THIS_WEEK], signals)


def _address(user: User) -> str:
    person = Person.objects.filter(code=user.person_id, in_source=True).first() if user.person_id else None
    return (person.email or "") if person else ""


def _first(user: User, kind: str, day: date, at: datetime) -> bool:
    """Whether nobody has sent it: written down before it is sent."""
    try:
        with transaction.atomic():
            Reminded.objects.create(user=user, kind=kind, day=day, at=at)
    except IntegrityError:
        return False
    return True


def _send(user: User, address: str, mail: tuple[str, date], counts: Counts) -> int:
    kind, day = mail
    try:
        send_mail(SUBJECT, text_of(counts), settings.DEFAULT_FROM_EMAIL, [address])
    except OSError:
        # The next hour tries again.
        Reminded.objects.filter(user=user, kind=kind, day=day).delete()
        LOG.warning("A reminder was not sent.")
        return 0
    return 1


def text_of(counts: Counts) -> str:
    """The mail: numbers, in both languages. No name, no school, no pupil."""
    said = (
        (counts.passed, "datum har passerat", "dates have passed"),
        (counts.today, "ska vara klart i dag", "due today"),
        (counts.week, "senare i veckan", "later this week"),
        (counts.signals, "elever med signal som ingen har svarat på", "pupils with a signal that nobody has answered"),
    )
    swedish = "\n".join(f"{n} {sv}" for n, sv, _en in said if n)
    english = "\n".join(f"{n} {en}" for n, _sv, en in said if n)
    return (
        f"{swedish}\n\nLogga in och öppna Min dag. Mejlen stänger du av på sidan Påminnelser.\n\n"
        f"{english}\n\nSign in and open My day. The mails are turned off on the page Reminders.\n"
    )
