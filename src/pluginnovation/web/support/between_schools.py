"""Cases between two schools: those whose pupil has gone, and those that another school hands over."""

from pluginnovation.support.case_states import KINDS
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.door import left_cases
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.models import Organisation
from pluginnovation.web.people.reach import pupils_in_reach

from .models import Case, CaseTransfer
from .spoken import told

Leaving = tuple[int, str, str, CaseTransfer | None]
Arriving = tuple[CaseTransfer, str, str, str]


def leaving() -> list[Leaving]:
    """Open cases here whose pupil goes here no longer: number, name, kind, and the hand-over that stands. Two queries.

    One query where there is none.
    """
    found = left_cases()
    numbers = [one.number for one in found]
    kinds = dict(Case.objects.filter(pk__in=numbers).values_list("pk", "kind")) if numbers else {}
    standing = (
        {row.case_id: row for row in CaseTransfer.objects.filter(case__in=numbers, back_at=None)} if found else {}
    )
    return [
        (one.number, one.name, told(KINDS[kinds[one.number]]), standing.get(one.number))
        for one in found if one.number in kinds
    ]  # fmt: skip


def arriving(duty: ActiveDuty) -> list[Arriving]:
    """What other schools hand over and nobody here has taken: the hand-over, name, kind and school. Two queries."""
    waiting = CaseTransfer.objects.filter(receiver__in=duty.units, taken_at=None, back_at=None)
    rows = list(waiting.filter(pupil__in=pupils_in_reach(duty, today()).values("code")).order_by("at"))
    if not rows:
        return []
    people = {one.code: one.name for one in pupils_in_reach(duty, today()).filter(code__in=[row.pupil for row in rows])}
    places = dict(Organisation.objects.filter(code__in=[r.school for r in rows]).values_list("code", "display_name"))
    return [
        (row, people[row.pupil], told(KINDS[row.copied["kind"]]), places.get(row.school, "")) for row in rows
    ]  # fmt: skip
