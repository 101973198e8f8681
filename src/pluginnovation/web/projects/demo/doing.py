"""What the demo's sub-projects did: activities, money, reports, hand-over, and their talks with the region."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from pluginnovation.projects import reports
from pluginnovation.projects.claims import AGREES, BETTER, SAME, WORSE, compared
from pluginnovation.projects.ledger import GRANT, OWN, STAFF
from pluginnovation.web.people.models import User

from ..accounts import Booking, book
from ..after_the_end import Handing, answer_follow_up, ask_follow_ups, hand_over_work
from ..coaching import (
    COACHING,
    NETWORK,
    Agreed,
    Held,
    Whose,
    agree,
    agree_together,
    begin_network,
    hold_session,
    keep_agreement,
    offer,
)
from ..doing import Held as HeldActivity
from ..doing import Planned, hold_activity, plan_activity
from ..figures_read import figures_of
from ..leading import Moving, move_sub_project
from ..models import FollowUpAsked, Report, SubProject
from ..reporting import Beginning, Claiming, approve, begin_report, claim, hand_in, publish, write_report
from ..requests import Asking, Deciding, ask_for_support, decide_on_need
from .content import DID_NOT, OFFERS, PROMISES, TOGETHER, TOPICS, WORKED, Tried

LEADER, REGION = "sub_project_leader", "regional_lead"
MONTH: Final = timedelta(days=30)
WEEK: Final = timedelta(days=7)
HALF_A_YEAR: Final = timedelta(days=190)
HOURLY: Final = 38_000  # öre
SILENT: Final = 4  # the place of the one that has hardly been heard of


def carry_out(project: SubProject, leader: User, tried: Tried, *, until: date, silent: bool) -> None:
    """Plan the activities and write down what was held, month by month; and the hours."""
    assert project.starts is not None
    last = min(until, tried.ends)
    months = max((last - project.starts) // MONTH, 1)
    for number, (name, intent, reach, level, times) in enumerate(tried.activities):
        planned = Planned(name, intent, reach, level, project.starts, tried.ends, method="", times=times * months)
        activity = plan_activity(sub_project=project, planned=planned, by=leader, at=_noon(project.starts))
        for month in range(1, months + 1) if not silent else range(1, 2):
            day = min(project.starts + month * MONTH, last)
            missed = (month + number) % 4 == 3
            if times > missed:
                hold_activity(activity=activity, held=HeldActivity(day, times - missed), by=leader, at=_noon(day))
            if missed:
                cancelled = HeldActivity(day, 1, held=False, why="Ingen vikarie")
                hold_activity(activity=activity, held=cancelled, by=leader, at=_noon(day))
    for month in range(1, months + 1 if not silent else 2):
        day = min(project.starts + month * MONTH, last)
        for paid_by in (GRANT, OWN):
            booking = Booking(day, paid_by, STAFF, "Arbetad tid", minutes=32 * 60, rate=HOURLY)
            book(sub_project=project, booking=booking, by=leader, at=_noon(day))


def tell(project: SubProject, lead: User, number: int, *, until: date, at: datetime) -> None:
    """Reports: the first writes its interim one, the next have handed theirs in, and those that are over are final."""
    leader = project.leader
    assert leader is not None
    assert project.ends is not None
    if project.ends <= until:
        _final(project, leader, lead, number)
        if project.ends.year < until.year and number % 2 and at > _noon(project.ends + HALF_A_YEAR + 2 * WEEK):
            _answered(project, leader, _noon(project.ends + HALF_A_YEAR))
        return
    if number > 3:
        return
    day = until + timedelta(days=4)
    report = _begun(project, leader, reports.INTERIM, until, day)
    answers = _answers(report, number)
    if not number:
        half = {key: said for key, said in answers.items() if key in ("goals_reached", "goals_text", "attendance")}
        write_report(report=report, answers=half, seen=0, by=leader, at=_noon(day))
        for claiming in (
            Claiming("Frånvaron har minskat.", BETTER, "absence_share"),
            Claiming("Eleverna trivs bättre."),
        ):
            claim(report=report, claiming=claiming, by=leader, at=_noon(day))
        return
    report = write_report(report=report, answers=answers, seen=0, by=leader, at=_noon(day))
    report = hand_in(report=report, role=LEADER, by=leader, at=_noon(day + WEEK))
    if number == 2:
        report = approve(report=report, role=REGION, by=lead, at=_noon(day + 2 * WEEK))
        publish(report=report, role=LEADER, by=leader, at=_noon(day + 3 * WEEK))


def _final(project: SubProject, leader: User, lead: User, number: int) -> None:
    assert project.ends is not None
    day = project.ends + WEEK
    report = _begun(project, leader, reports.FINAL, project.ends, day)
    answers = _answers(report, number) | {"absorbed": "partly", "absorbed_owner": "Arbetslagsledarna"}
    report = write_report(report=report, answers=answers, seen=0, by=leader, at=_noon(day))
    report = hand_in(report=report, role=LEADER, by=leader, at=_noon(day))
    approve(report=report, role=REGION, by=lead, at=_noon(day + WEEK))
    handing = Handing("partly", "Arbetslagsledarna", "Läxhjälpen ligger kvar på schemat två dagar i veckan.")
    hand_over_work(sub_project=project, handing=handing, by=leader, at=_noon(day + WEEK))
    for after in ("reported", "ended"):
        moving = Moving(after, REGION)
        project = move_sub_project(sub_project=project, moving=moving, by=lead, at=_noon(day + 2 * WEEK))


def _answered(project: SubProject, leader: User, asked: datetime) -> None:
    """One of those that are long over answers after half a year; the other has never answered."""
    ask_follow_ups(at=asked)
    row = FollowUpAsked.objects.filter(sub_project=project, months=6).first()
    if row is not None:
        text = "Två eftermiddagar i veckan, med egna lärare."
        answer_follow_up(follow_up=row, answer="partly", text=text, by=leader, at=asked + WEEK)


def _begun(project: SubProject, leader: User, kind: str, last: date, day: date) -> Report:
    assert project.starts is not None
    beginning = Beginning(kind, project.starts, last, due=day + 2 * WEEK)
    return begin_report(sub_project=project, beginning=beginning, by=leader, at=_noon(day))


def _answers(report: Report, number: int) -> dict[str, str]:
    """Answers that say what the registers say, where they say anything."""
    figures = figures_of(report.sub_project)
    found = {
        "goals_reached": "partly", "goals_text": "En bit på väg. Tiden räckte till de flesta.",
        "other_outcomes": "Flera elever säger att de har någon att gå till.", "competence": "some", "methods": "great",
        "engagement": "some", "routines": "small", "attitudes": "some", "worked": WORKED[number % len(WORKED)],
        "did_not_work": DID_NOT[number % len(DID_NOT)], "advice": "Börja med få elever och håll ut.",
    }  # fmt: skip
    for field in reports.fields_of(report.kind, "participants"):
        if field.measure:
            figure = figures.get(field.measure)
            fits = [says for says in (BETTER, SAME, WORSE) if compared(says, figure).word == AGREES]
            offered = reports.choices_of(field, figures)
            found[field.key] = fits[0] if fits else "not_measured" if "not_measured" in offered else SAME
    return found


def speak_with_the_region(projects: Sequence[SubProject], process: User, at: datetime) -> None:
    """Process support: sessions, agreements, a network, what is offered, a request and a decision."""
    for number, project in enumerate(one for one in projects if one.ends and one.ends > at.date()):
        for back, (topic, note) in zip((150, 40, 12), TOPICS, strict=True):
            # One of them hasn't been heard of since its first talk.
            if number == SILENT and back < 100:
                continue
            held = Held(COACHING, (at - timedelta(days=back)).date(), topic, note, 60)
            whose, day = Whose(sub_project=project), at - timedelta(days=back)
            latest = hold_session(held=held, whose=whose, by=process, at=day)
        if number != SILENT:
            # The first one's day has passed.
            due = at.date() + timedelta(days=(number - 1) * 9 + 7)
            agreed = Agreed(PROMISES[number % len(PROMISES)], due)
            agree(sub_project=project, agreed=agreed, by=process, at=at - timedelta(days=12), session=latest)
    if len(projects) > 2:
        about = "Delprojekt som arbetar med närvaro."
        network = begin_network(name="Närvaro", members=projects[:3], about=about, by=process, at=at - 2 * MONTH)
        held = Held(NETWORK, (at - 3 * WEEK).date(), "Att ringa hem utan att skuldbelägga", "", 120)
        met = hold_session(held=held, whose=Whose(network=network), by=process, at=at - 3 * WEEK)
        agreed = Agreed(TOGETHER, at.date() + 2 * WEEK)
        mine, *_others = agree_together(members=projects[:3], agreed=agreed, by=process, at=at - 3 * WEEK, session=met)
        keep_agreement(agreement=mine, by=projects[0].leader or process, at=at - WEEK)
    for kind, name, about in OFFERS:
        offer(kind=kind, name=name, about=about, by=process, at=at - 3 * MONTH)
    asking = Asking("training", "Vi vill arbeta med bemötande i hela arbetslaget.", "", "", "principal")
    outside = next((one for one in reversed(projects) if one.school), None)
    if outside is not None:
        asking = Asking(asking.kind, asking.text, outside.school, outside.municipality, "principal")
        ask_for_support(asking=asking, by=process, at=at - timedelta(days=4))
    deciding = Deciding(
        "Nästa konferens handlar om koll och uppföljning.", "Processledaren", (at + 2 * MONTH).date(), "factor tracking"
    )
    decide_on_need(deciding=deciding, by=process, at=at - WEEK)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(11), UTC)
