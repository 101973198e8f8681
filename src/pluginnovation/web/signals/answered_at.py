"""At which school a signal is answered."""

from datetime import date

from pluginnovation.privacy.youths import YOUTH_COORDINATOR
from pluginnovation.web.people.models import Enrolment
from pluginnovation.web.people.reach import covering

from .models import PupilSnapshot


def school_of_answer(pupil: str, role: str, day: date) -> str:
    """Where the pupil goes that day, and of several schools the one that the pupil's picture is of.

    Empty where a youth coordinator answers, who does it for no school. One query, or two.
    """
    if role == YOUTH_COORDINATOR:
        return ""
    stays = Enrolment.objects.filter(covering(day), pupil=pupil).order_by("start_date")
    schools = list(stays.values_list("organisation", flat=True))
    if len(schools) > 1:
        pictured = PupilSnapshot.objects.filter(pupil=pupil, school__in=schools)
        return str(pictured.values_list("school", flat=True).first() or schools[-1])
    return str(schools[0]) if schools else ""
