"""Small made-up methods and catalogues."""

from dataclasses import replace
from datetime import UTC, date, datetime

from pluginnovation.knowledge.catalogue import Catalogue, External, Known, Learnt, Method, Texts

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))

MORNING = Method(
    key="morgonstart",
    sv=Texts(
        "Morgonstart med en vuxen",
        "Eleven möter samma vuxen före första lektionen.",
        steps=("Välj en vuxen.", "Bestäm plats och tid."),
        fidelity=("Samma vuxen varje gång.", "Minst två morgnar i veckan."),
    ),
    en=Texts("Morning start with an adult", "The pupil meets the same adult before the first lesson."),
    problems=("absence", "lateness"),
    obstacles=("adults", "rhythm"),
    years=("7_9",),
    target_groups=("at_risk",),
    factors=("treatment",),
    intent="preventive",
    reach="targeted",
    level="individual",
    kind="mentor_talk",
    external_locks=3,
    external=(
        External("Ett försök", "draw", 412, "Frånvaron minskade.", "Absence fell.", 2019, "Ett 2019.", "better"),
    ),
    local=(Known("absence_share", "percentage_points", -1, 2, 3, 250, -3.6, -6.0, -1.2, -7.0, -0.2, nulls=1),),
    experiences=(Learnt("Så gjorde vi", "How we did", "Lillköping", "Börja smått.", "Start small.", "/fall/sa/"),),
    reviewed_on=date(2026, 10, 1),
    path="/metoder/morgonstart/",
)
BREAKS = Method(
    key="trygga-raster",
    sv=Texts("Trygga raster", "Vuxna finns där eleverna är.", fidelity=("Två vuxna ute varje rast.",)),
    problems=("absence", "relations"),
    obstacles=("transitions", "peers", "adults"),
    years=("4_6", "7_9"),
    level="organisation",
    kind="safe_breaks",
)
COACH = Method(
    key="studiecoach",
    sv=Texts("Studiecoach", "En vuxen planerar med eleven."),
    problems=("grades",),
    obstacles=("unclear_tasks", "adults"),
    years=("upper",),
    level="individual",
    external_locks=2,
)
GONE = replace(
    BREAKS,
    key="stampelkort",
    sv=Texts("Stämpelkort", "Eleven stämplar in.", withdrawn="Den gav mer frånvaro."),
    withdrawn_on=date(2026, 9, 1),
    replaced_by="morgonstart",
)
METHODS = (MORNING, BREAKS, COACH, GONE)


def catalogue_of(*methods: Method, version: int = 1) -> Catalogue:
    """A catalogue of these methods, or of all of the above."""
    return Catalogue("hubben", version, AT, methods or METHODS)
