"""The classes that a teacher has been asked about in a round that goes on, and hasn't answered for yet."""

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.models import Group

from ..models import ClassSheet, MappingRound
from .reach import classes_in_reach


def unanswered(duty: ActiveDuty, person: str) -> list[tuple[MappingRound, Group]]:
    """Each open round with a class of the duty's that the person hasn't answered for, in the classes' order.

    Two queries; one where no round is open.

    Takes   person   the teacher's code
    """
    day = today()
    rounds = MappingRound.objects.filter(first__lte=day, last__gte=day, withdrawn_at=None)
    open_at = {found.school: found for found in rounds.order_by("-first")}
    if not open_at:
        return []
    classes = classes_in_reach(duty, day).filter(organisation__in=list(open_at)).order_by("sort_key", "code")
    said = ClassSheet.objects.filter(round__in=open_at.values(), by__person=person).values_list("round", "group")
    done = set(said)
    return [
        (found, group)
        for group in classes
        if (found := open_at[group.organisation_id or ""]) and (found.pk, group.code) not in done
    ]
