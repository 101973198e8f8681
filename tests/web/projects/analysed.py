"""A school with figures: what the tests of analyses, surveys and goals begin with."""

from datetime import UTC, date, datetime
from typing import Any

from pluginnovation.projects.figures import Figures, GroupLine, Pattern, Series, packed_figures
from pluginnovation.projects.levels import FEW, KNOWN, UNKNOWN, Told
from pluginnovation.web.projects.models import Programme, SchoolFigures, SubProject
from tests.pals import HOME, TODAY, Pals

AT = datetime(2026, 4, 23, 8, tzinfo=UTC)
FIGURES = Figures(
    "2026-04-22",
    ("2025VT", "2025HT", "2026VT"),
    {
        "7-9": {
            "absence": Series(
                (Told(KNOWN, 80, 200), Told(UNKNOWN), Told(KNOWN, 98, 210)),
                (Told(FEW), Told(FEW), Told(FEW)),
                (Told(KNOWN, 78, 4000), Told(KNOWN, 79, 4000), Told(KNOWN, 81, 4000)),
                {9: (Told(FEW), Told(FEW), Told(KNOWN, 120, 70))},
            ),
            "eligible": Series(
                (Told(KNOWN, 850, 200, 170),) * 3,
                (Told(KNOWN, 850, 900, 765),) * 3,
                (Told(KNOWN, 840, 4000, 3360),) * 3,
            ),
        }
    },
    {"7-9": (Told(KNOWN, 170, 210), *(Told(KNOWN, 80, 210),) * 4)},
    (GroupLine("9A", (Told(UNKNOWN), Told(KNOWN, 90, 22), Told(FEW))),),
    (Pattern("slot", "Måndag 8–10 i 9A: 22 % frånvaro.", "Monday 8–10 in 9A: 22% absence."),),
)


def counted_at(pals: Pals, place: str = "bjork") -> SchoolFigures:
    """Figures of a school."""
    return SchoolFigures.objects.create(
        school=pals.place(place), as_of=date(2026, 4, 22), made_at=AT, document=packed_figures(FIGURES)
    )


def sub_project_at(pals: Pals, place: str = "bjork", **more: Any) -> SubProject:
    """A sub-project of a school, in a programme of the region."""
    programme, _ = Programme.objects.get_or_create(
        key="plug-innan",
        defaults={"name": "Plug Innan", "starts": TODAY, "ends": TODAY.replace(year=2028), "by": pals.rut, "at": AT},
    )
    return SubProject.objects.create(
        programme=programme, name="Hela måndagen", school=pals.place(place), municipality=HOME, by=pals.rut, at=AT,
        starts=TODAY, **more,
    )  # fmt: skip
