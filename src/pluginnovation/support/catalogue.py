"""The kinds of measure that a school can choose from.

Intent, reach and level are three separate axes: what it is for, whom it reaches, and where the work is done. Each kind
has its usual ones, and a measure may be set otherwise. Support types that a law names are dated reference data and may
change; extra adaptations and special support are those of skollagen (2010:800) 3 kap. 5-12 §§.
"""

from dataclasses import dataclass
from typing import Final

PROMOTIVE, PREVENTIVE, REMEDIAL = "promotive", "preventive", "remedial"
UNIVERSAL, TARGETED, INTENSIVE = "universal", "targeted", "intensive"
INDIVIDUAL, GROUP, ORGANISATION = "individual", "group", "organisation"

# Each value of an axis, Swedish and English, in order.
INTENTS: Final = {
    PROMOTIVE: ("Främjande", "Promotive"),
    PREVENTIVE: ("Förebyggande", "Preventive"),
    REMEDIAL: ("Åtgärdande", "Remedial"),
}
REACHES: Final = {
    UNIVERSAL: ("Alla", "Universal"),
    TARGETED: ("Riktad", "Targeted"),
    INTENSIVE: ("Intensiv", "Intensive"),
}
LEVELS: Final = {
    INDIVIDUAL: ("Individ", "Individual"),
    GROUP: ("Grupp", "Group"),
    ORGANISATION: ("Organisation", "Organisation"),
}

# Kinds of signal that a measure answers.
ABSENCE, GRADES, WITHOUT_SCHOOL = "absence", "grades", "without_school"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of measure.

    key, sv, en            its code and its name
    intent, reach, level   the three axes, as they usually are
    needs                  the kinds of signal that it answers
    dose                   times usually planned in a term
    obstacles              the keys of the obstacles that it may answer; empty: none in particular
    """

    key: str
    sv: str
    en: str
    intent: str
    reach: str
    level: str
    needs: tuple[str, ...]
    dose: int
    obstacles: tuple[str, ...] = ()


MEASURES: Final = (
    Kind("mentor_talk", "Samtal med mentor", "Talks with the mentor", PREVENTIVE, TARGETED, INDIVIDUAL,
         (ABSENCE, GRADES), 6, ("adults", "worry", "meaning", "unclear_tasks")),
    Kind("guardian_contact", "Kontakt med vårdnadshavare", "Contact with guardians", PREVENTIVE, TARGETED, INDIVIDUAL,
         (ABSENCE,), 4, ("home", "rhythm", "duties_at_home", "worry")),
    Kind("attendance_team", "Närvaroteam", "Attendance team", REMEDIAL, INTENSIVE, INDIVIDUAL, (ABSENCE,), 10,
         ("worry", "rhythm", "journey", "home")),
    Kind("adapted_teaching", "Anpassad undervisning", "Adapted teaching", PREVENTIVE, TARGETED, INDIVIDUAL,
         (GRADES,), 12, ("too_hard", "too_easy", "unclear_tasks", "missed_much", "noise")),
    Kind("homework_help", "Läxhjälp", "Homework help", PREVENTIVE, TARGETED, GROUP, (GRADES,), 14,
         ("missed_much", "too_hard", "duties_at_home")),
    Kind("study_coach", "Studiecoach", "Study coach", REMEDIAL, INTENSIVE, INDIVIDUAL, (GRADES, ABSENCE), 10,
         ("unclear_tasks", "missed_much", "meaning")),
    Kind("language_support", "Studiehandledning på modersmålet", "Tuition in the first language", PREVENTIVE,
         TARGETED, INDIVIDUAL, (GRADES,), 12, ("language",)),
    Kind("class_climate", "Arbete med klassens klimat", "Work with the class's climate", PROMOTIVE, UNIVERSAL, GROUP,
         (), 8, ("peers", "offended", "noise", "conflict")),
    Kind("timetable_change", "Ändrat schema", "A changed timetable", PREVENTIVE, UNIVERSAL, ORGANISATION, (), 1,
         ("timetable", "rhythm", "journey")),
    Kind("outreach", "Uppsökande kontakt", "Outreach", REMEDIAL, INTENSIVE, INDIVIDUAL, (WITHOUT_SCHOOL,), 5,
         ("meaning", "home")),
    Kind("way_back", "Väg tillbaka till studier", "A way back to studies", REMEDIAL, INTENSIVE, INDIVIDUAL,
         (WITHOUT_SCHOOL,), 10, ("meaning", "wrong_programme")),
    Kind("special_teaching", "Undervisning hos speciallärare", "Teaching by a special-needs teacher", REMEDIAL,
         INTENSIVE, INDIVIDUAL, (GRADES,), 15, ("too_hard", "missed_much", "language")),
    Kind("study_plan", "Anpassad studiegång", "An adapted course of studies", REMEDIAL, INTENSIVE, INDIVIDUAL,
         (GRADES, ABSENCE), 1, ("too_hard", "timetable", "wrong_programme")),
    Kind("counsellor", "Samtal med kurator", "Talks with the counsellor", REMEDIAL, INTENSIVE, INDIVIDUAL,
         (ABSENCE,), 6, ("worry", "peers", "home", "conflict")),
    Kind("career_guidance", "Studie- och yrkesvägledning", "Career guidance", PREVENTIVE, TARGETED, INDIVIDUAL,
         (GRADES, ABSENCE, WITHOUT_SCHOOL), 3, ("meaning", "wrong_programme", "work")),
    Kind("repair", "Reparerande samtal", "Mending talks", REMEDIAL, TARGETED, INDIVIDUAL, (ABSENCE,), 3,
         ("conflict", "adults", "offended")),
    Kind("safe_breaks", "Trygga raster", "Safe breaks", PROMOTIVE, UNIVERSAL, ORGANISATION, (), 1,
         ("transitions", "peers", "offended")),
    Kind("attendance_routine", "Tydligare närvarorutin", "A clearer routine for attendance", PREVENTIVE, UNIVERSAL,
         ORGANISATION, (ABSENCE,), 1, ()),
    Kind("other", "Annan insats", "Another measure", PREVENTIVE, TARGETED, INDIVIDUAL, (), 1, ()),
)  # fmt: skip

BY_KEY: Final = {kind.key: kind for kind in MEASURES}


def for_obstacles(keys: tuple[str, ...]) -> tuple[Kind, ...]:
    """The kinds that may answer some of these obstacles: those that answer most of them first, then as listed."""
    wanted = set(keys)
    found = [kind for kind in MEASURES if wanted & set(kind.obstacles)]
    return tuple(sorted(found, key=lambda kind: -len(wanted & set(kind.obstacles))))
