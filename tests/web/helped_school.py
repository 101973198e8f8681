"""Four hundred pupils of four schools, of whom every other was drawn and misses ten points less afterwards."""

from datetime import date, timedelta
from types import SimpleNamespace

from pluginnovation.evidence.plan import Outcome, Plan, Window
from pluginnovation.records.derived import PUPIL_DAYS
from tests.spec.drawn import DAYS, FACTS, SOURCE, frame, frame_of, load, put

INDEX = date(2025, 9, 1)
PLAN = Plan(
    name="mentors", question="Did mentors help?", method="mentorer", design="waiting_list", comparison="not drawn",
    outcome=Outcome("absence_share", "share", -1), window=Window(INDEX, 28, date(2025, 9, 2), date(2025, 10, 31)),
    covariates=("absence_share_before",), as_dated=True,
)  # fmt: skip
PUPILS = [f"p{n:03}" for n in range(400)]


def helped(pupil: str) -> bool:
    return int(pupil[1:]) % 2 == 0


def put_in(*, year_before: bool = False) -> SimpleNamespace:
    """Their records, as a store gives them; and those of as many a year before them, whom nobody helped."""
    stays = [
        {"source": SOURCE, "pupil": p, "organisation": f"s{int(p[1:]) // 2 % 4}", "school_type": "GY", "school_year": 1,
         "start_date": date(2025, 8, 1)} for p in PUPILS
    ]  # fmt: skip
    before = [row | {"pupil": f"q{row['pupil'][1:]}", "start_date": date(2024, 8, 1), "end_date": date(2025, 6, 10)}
              for row in stays]  # fmt: skip
    load({"enrolments": [*stays, *before] if year_before else stays})
    rows = []
    for p in PUPILS:
        usual = 20 + int(p[1:]) * 7919 % 23
        for day, missed in (
            (INDEX - timedelta(days=9), usual + 6),
            (INDEX + timedelta(days=20), usual - 10 * helped(p) + int(p[1:]) // 4 % 5 - 2),
        ):
            minutes = {"offered": 100, "reported": 100, "unexcused": missed, "excused": 0}
            rows.append({"source": SOURCE, "pupil": p, "date": day, **minutes})
            then = {"pupil": f"q{p[1:]}", "date": day - timedelta(days=364)}
            alone = minutes | {"unexcused": missed + 10 * helped(p) * (day > INDEX)}
            rows += [{"source": SOURCE, **then, **alone}] if year_before else []
    put("days", frame(PUPIL_DAYS, rows).select(DAYS.columns))
    return SimpleNamespace(
        facts=lambda known_at=None: FACTS, days=lambda known_at=None: DAYS, frame=frame_of, status=list
    )
