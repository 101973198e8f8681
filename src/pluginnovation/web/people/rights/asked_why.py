"""Why somebody may see a pupil, for the one who runs the server: codes only, and the question is written down."""

from dataclasses import dataclass
from datetime import datetime

from pluginnovation.privacy.emergency import EMERGENCY, Asking, emergency_ground
from pluginnovation.privacy.why import why_sees
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import duties_of
from pluginnovation.web.people.models import Person, User
from pluginnovation.web.people.places import place_of
from pluginnovation.web.people.staff import staff_called

from .emergency import opened_for


@dataclass(frozen=True, slots=True)
class Because:
    """One ground in codes and dates.

    through       the code of the group, school or municipality, or the number of an emergency access
    source        the source that told of the duty; empty: decided by hand
    first, last   the days that the ground holds, as ISO dates; empty: open
    """

    role: str
    reach: str
    through: str
    source: str
    first: str
    last: str


def ask_why(*, who: str, pupil: str, by: User | None, at: datetime) -> list[Because]:
    """Every ground that an adult has today to see a pupil; none is the same answer whoever isn't there.

    Takes   who     a login, the person's code or an EPPN
            pupil   the pupil's code
    """
    with recorded("ask_why", by=by, at=at, about=pupil[:16], user=who[:64]):
        user = staff_called(who)
        person = Person.objects.filter(code=pupil, is_pupil=True, in_source=True).first()
        if user is None or person is None:
            return []
        place, found = place_of(pupil, person, today()), []
        for duty in duties_of(user, today()):
            for why in why_sees(duty.held, place, today()):
                ground, days = why.ground, (why.start, why.end)
                first, last = (day.isoformat() if day else "" for day in days)
                found.append(Because(ground.role, ground.reach, ground.through, why.duty.source, first, last))
            opened = opened_for(user.pk, pupil, at)
            lent = emergency_ground(opened, Asking(duty.role, duty.source), place, at)
            if lent is not None:
                one = next(each for each in opened if str(each.number) == lent.through)
                begins, ends = one.begins.date().isoformat(), one.ends.date().isoformat()
                found.append(Because(lent.role, EMERGENCY, lent.through, duty.source, begins, ends))
        return found
