"""The measures that the made-up region's adults know.

Intent, reach and level are three separate axes: what it is for, whom it reaches, and where the work is done.
"""

from dataclasses import dataclass
from typing import Final

PROMOTIVE, PREVENTIVE, REMEDIAL = "promotive", "preventive", "remedial"
UNIVERSAL, TARGETED, INTENSIVE = "universal", "targeted", "intensive"
INDIVIDUAL, GROUP, ORGANISATION = "individual", "group", "organisation"

ABSENCE, GRADES, WITHOUT_SCHOOL = "absence", "grades", "without_school"


@dataclass(frozen=True, slots=True)
class Method:
    """One kind of measure.

    key, sv, en   its code and its name
    intent, reach, level   the three axes
    needs         the kinds of signal that it answers
    dose          times planned in a term when it is everyday help
    """

    key: str
    sv: str
    en: str
    intent: str
    reach: str
    level: str
    needs: tuple[str, ...]
    dose: int


METHODS: Final = (
    Method("mentor_talk", "Samtal med mentor", "Talks with the mentor", PREVENTIVE, TARGETED, INDIVIDUAL,
           (ABSENCE, GRADES), 6),
    Method("guardian_contact", "Kontakt med vårdnadshavare", "Contact with guardians", PREVENTIVE, TARGETED, INDIVIDUAL,
           (ABSENCE,), 4),
    Method("attendance_team", "Närvaroteam", "Attendance team", REMEDIAL, INTENSIVE, INDIVIDUAL, (ABSENCE,), 10),
    Method("adapted_teaching", "Anpassad undervisning", "Adapted teaching", PREVENTIVE, TARGETED, INDIVIDUAL,
           (GRADES,), 12),
    Method("homework_help", "Läxhjälp", "Homework help", PREVENTIVE, TARGETED, GROUP, (GRADES,), 14),
    Method("study_coach", "Studiecoach", "Study coach", REMEDIAL, INTENSIVE, INDIVIDUAL, (GRADES, ABSENCE), 10),
    Method("language_support", "Studiehandledning på modersmålet", "Tuition in the first language", PREVENTIVE,
           TARGETED, INDIVIDUAL, (GRADES,), 12),
    Method("class_climate", "Arbete med klassens klimat", "Work with the class's climate", PROMOTIVE, UNIVERSAL, GROUP,
           (), 8),
    Method("timetable_change", "Ändrat schema", "A changed timetable", PREVENTIVE, UNIVERSAL, ORGANISATION, (), 1),
    Method("outreach", "Uppsökande kontakt", "Outreach", REMEDIAL, INTENSIVE, INDIVIDUAL, (WITHOUT_SCHOOL,), 5),
    Method("way_back", "Väg tillbaka till studier", "A way back to studies", REMEDIAL, INTENSIVE, INDIVIDUAL,
           (WITHOUT_SCHOOL,), 10),
)  # fmt: skip

BY_KEY: Final = {method.key: method for method in METHODS}
KEYS: Final = tuple(BY_KEY)


def answering(need: str) -> tuple[int, ...]:
    """The places in METHODS of those that answer a kind of signal."""
    return tuple(place for place, method in enumerate(METHODS) if need in method.needs)
