"""An answer, and several together, as they are stored."""

from dataclasses import asdict

from pluginnovation.evidence.forest import forest
from pluginnovation.evidence.message import About, message_of
from pluginnovation.evidence.pool import pool
from pluginnovation.evidence.result import Diagnostic, Figure, Result, Sizes, bytes_of
from pluginnovation.web.evidence.together import _figures

FOUND = Result(
    design="waiting_list", question="Did it help?", unit="percentage_points", estimand="itt",
    sizes=Sizes(200, 190, 4, 4, 3, 2), estimate=-4.2, se=1.1, low=-6.4, high=-2.0, df=300.0, p=0.001, benefit=-1,
    compared_mean=18.0, cap=5, assumptions=("draw_decided", "records_as_dated"),
    diagnostics=(
        Diagnostic("draw_predicted", 0.4, 0.01, "held"), Diagnostic("attrition_difference", 9.0, 5.0, "failed"),
        Diagnostic("contamination", None, 0.1, "unknown", must_pass=False),
    ),
    placebos=(Figure("absence_share_earlier", 0.3, 1.0, -1.7, 2.3, 0.8, n=390),),
    sensitivity=(Figure("e_value", 2.1, exploratory=False),),
    subgroups=(Figure("girls", -5.0, 2.0, -9.0, -1.0, 0.01, 0.02, 190), Figure("boys", None)),
    opinions=(Figure("difference", -4.0, 1.2, n=390),),
    extra=(Figure("times_of_help", 7.5, n=200), Figure("cost_per_unit", 2100.0, low=1400.0, high=4500.0)),
)  # fmt: skip
RESULT = bytes_of(FOUND).decode()
GRADE = {"cap": 5, "locks": 4, "steps": [{"change": -1, "code": "few_pupils_or_places", "detail": "390"}]}


def _sent(site: str) -> object:
    return message_of(
        FOUND, About(site=site, project=site, method="study_coach", outcome="absence_share"), engine="1"
    ).message


POOLED = pool([_sent("one"), _sent("two"), _sent("three")])
TOGETHER = {
    "forest": asdict(forest(POOLED)) | {"pooled": _figures(POOLED)}, "grade": GRADE, "said_sv": "Det minskar.",
    "said_en": "It falls.",
}  # fmt: skip
