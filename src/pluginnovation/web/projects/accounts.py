"""A sub-project's account: hours and costs, who paid, and what the own side has paid. Lines are never changed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from pluginnovation.projects.ledger import CATEGORIES, COST, HOURS, MOST_ORE, PAID_BY, Account, Entry, account, worth
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.support.refused import day_ahead, day_wrong, not_offered, number_wrong, text_of

from .applying import lines_of, standing_budget
from .models import LedgerEntry, SubProject
from .refused import cannot_be_taken_back, not_an_amount

LONGEST_TEXT = 300
MOST_MINUTES = 60 * 2_000


@dataclass(frozen=True, slots=True)
class Booking:
    """A line about to be written. Hours have `minutes` and `rate` (öre an hour), a cost has `amount` (öre)."""

    on: date
    paid_by: str
    category: str
    text: str
    amount: int | None = None
    minutes: int | None = None
    rate: int | None = None


def book(*, sub_project: SubProject, booking: Booking, by: User, at: datetime) -> LedgerEntry:
    """Write a line of hours or of a cost.

    Raises  Refusal when the day, the amount, the hours or who paid can't be
    """
    if booking.paid_by not in PAID_BY or booking.category not in CATEGORIES:
        raise not_offered(("Kostnadsslaget", "The category"))
    if booking.on > localdate(at):
        raise day_ahead()
    if sub_project.starts is not None and booking.on < sub_project.starts:
        raise day_wrong(("Välj en dag efter att delprojektet började.", "Choose a day after the sub-project began."))
    text = text_of(booking.text, longest=LONGEST_TEXT)
    hours = booking.minutes is not None
    if booking.minutes is not None and not 1 <= booking.minutes <= MOST_MINUTES:
        raise number_wrong(1, MOST_MINUTES // 60)
    amount = worth(booking.minutes, booking.rate or 0) if booking.minutes is not None else booking.amount
    if amount is None or not 0 < amount <= MOST_ORE:
        raise not_an_amount()
    with recorded("book", by=by, at=at, about=str(sub_project.pk), kind=HOURS if hours else COST):
        return LedgerEntry.objects.create(
            sub_project=sub_project, on=booking.on, kind=HOURS if hours else COST, paid_by=booking.paid_by,
            category=booking.category, text=text, minutes=booking.minutes, rate=booking.rate if hours else None,
            amount=amount, by=by, at=at,
        )  # fmt: skip


def take_back(*, entry: LedgerEntry, by: User, at: datetime) -> LedgerEntry:
    """Take back a line by one with the other sign, once; both stay to be read.

    Raises  Refusal when it is taken back already, or takes back another itself
    """
    if entry.takes_back_id is not None:
        raise cannot_be_taken_back()
    try:
        with transaction.atomic(), recorded("take_back_booking", by=by, at=at, about=str(entry.sub_project_id)):
            return LedgerEntry.objects.create(
                sub_project=entry.sub_project, on=entry.on, kind=entry.kind, paid_by=entry.paid_by,
                category=entry.category, text=entry.text, minutes=None if entry.minutes is None else -entry.minutes,
                rate=entry.rate, amount=-entry.amount, takes_back=entry, by=by, at=at,
            )  # fmt: skip
    except IntegrityError as twice:
        raise cannot_be_taken_back() from twice


def account_of(sub_project: SubProject) -> Account:
    """The sub-project's account beside the budget of its application, by the programme's rule. Two queries."""
    rows = sub_project.ledger.values_list("category", "paid_by", "amount", "minutes")
    budget = standing_budget(sub_project.application) if sub_project.application else None
    planned = lines_of(budget.lines) if budget else ()
    return account([Entry(*row) for row in rows], planned, sub_project.programme.own_share)
