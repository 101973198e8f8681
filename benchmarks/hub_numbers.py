"""The numbers that the hub's pages tell of research: computed from published data, written as a small file of facts.

The data stand beside the project and are never copied into it. `write` fills content/numbers.toml, and a reference test
computes everything anew and compares, so that a page can't drift from its source.

    python -m benchmarks.hub_numbers FOLDER-WITH-THE-DATA
"""

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import atanh, exp, log, tanh
from pathlib import Path

import numpy as np

from pluginnovation.evidence.pool import TAU_SCALE
from pluginnovation.evidence.pooling.blocks import blocks_of, robust
from pluginnovation.evidence.pooling.grid import partial_pooling
from pluginnovation.evidence.pooling.levels import three_level
from pluginnovation.evidence.pooling.random_effects import random_effects, share_with_help

NUMBERS = Path(__file__).parents[1] / "src" / "pluginnovation" / "web" / "knowledge" / "content" / "numbers.toml"
WILSON = "Wilson, Tanner-Smith, Lipsey, Steinka-Fry & Morrison 2011, Campbell Systematic Reviews 7(1)"
WWC = "What Works Clearinghouse, granskade resultat, export april 2020, US Department of Education"
LEFT_WITHOUT = 0.211  # the share that leaves without a programme, as Wilson and others print it
RHO = 0.8  # how alike effects of one study are taken to be

# Findings of What Works Clearinghouse by the kind of programme: one finding per study, on staying in school or on an
# upper-secondary certificate, where both groups' shares are printed. True: the share is of those who left.
KINDS: Mapping[str, Mapping[str, bool]] = {
    "follow_up_by_an_adult": {"4242": True, "4246": True, "5467": False},
    "school_within_a_school": {"1389": True, "1395": True, "1401": True, "1801": True},
    "catching_up": {"1356": True, "1360": True, "1364": True},
    "second_chance_with_work": {"1206": False, "1079": False, "1547": False, "1550": False, "1346": False},
    "money_for_staying": {"478": True, "1381": True},
    "summer_course": {"1411": True, "1412": True},
    "courses_of_the_next_level": {"11760": False, "6288": False},
}


@dataclass(frozen=True, slots=True)
class Number:
    """One fact.

    estimate, low, high   with 95 %; in `unit`
    studies, rows         studies, and estimates of them
    pupils                as the source says; 0: it doesn't say
    source                in words a reader can find it by
    """

    key: str
    unit: str
    estimate: float
    low: float
    high: float
    studies: int
    rows: int
    pupils: int
    source: str


def computed(folder: Path) -> list[Number]:
    """Every number, from the published files in a folder. Raises FileNotFoundError when one of them isn't there."""
    wilson = _read(folder, "dropout_prevention_wilson2011")
    return [
        _whole(wilson),
        *_split(wilson, "design", "study_design"),
        *_split([row for row in wilson if row["study_design"] == "Randomized"], "drawn_place", "program_site"),
        *_split(wilson, "carried_out", "implementation_quality"),
        *_kinds(_read(folder, "wwc_findings_dropout_attendance")),
        *_expectations(_read(folder, "metadat_raudenbush1985")),
        _attendance(_read(folder, "metadat_crede2010")),
        _calendars(_read(folder, "metadat_konstantopoulos2011")),
    ]


def _read(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _floats(rows: Iterable[Mapping[str, str]], column: str) -> np.ndarray:
    return np.array([float(row[column]) for row in rows])


def _codes(rows: Iterable[Mapping[str, str]], *columns: str) -> np.ndarray:
    return np.unique(["/".join(row[c] for c in columns) for row in rows], return_inverse=True)[1].astype(np.int64)


def _whole(rows: Sequence[Mapping[str, str]]) -> Number:
    """The mean that the review printed: one row per sample, DerSimonian and Laird."""
    samples = _codes(rows, "studySample")
    counts = np.bincount(samples)
    y = np.bincount(samples, _floats(rows, "LOR1")) / counts
    v = np.bincount(samples, _floats(rows, "varLOR")) / counts
    mean = random_effects(y, v, method="dl", knapp_hartung=False).mean
    studies = len({row["studyID"] for row in rows})
    return Number("wilson/all", "odds_ratio", exp(mean.value), exp(mean.low), exp(mean.high), studies, len(rows), 0,
                  WILSON)  # fmt: skip


def _split(rows: Sequence[Mapping[str, str]], name: str, column: str) -> list[Number]:
    """The mean in each group: several rows per study, so correlated and hierarchical effects with robust variance."""
    found = []
    for value in sorted({row[column] for row in rows}):
        some = [row for row in rows if row[column] == value]
        study = _codes(some, "studyID")
        fitted = three_level(blocks_of(_floats(some, "LOR1"), _floats(some, "varLOR"), study), rho=RHO)
        mean, _ = robust(fitted.gls, np.array([1.0]))
        found.append(
            Number(f"wilson/{name}/{_key(value)}", "odds_ratio", exp(mean.value), exp(mean.low), exp(mean.high),
                   int(study.max()) + 1, len(some), 0, WILSON)
        )  # fmt: skip
    return found


def _kinds(rows: Iterable[Mapping[str, str]]) -> list[Number]:
    by_id = {row["FindingID"]: row for row in rows}
    found = []
    for kind, findings in KINDS.items():
        pairs = [_log_odds(by_id[each], left) for each, left in findings.items()]
        middle, low, high = _together(np.array([y for y, _ in pairs]), np.array([v for _, v in pairs]))
        pupils = sum(int(float(by_id[each]["Outcome_Sample_Size"])) for each in findings)
        found.append(
            Number(f"wwc/{kind}", "odds_ratio", exp(middle), exp(low), exp(high), len(pairs), len(pairs), pupils, WWC)
        )  # fmt: skip
    return found


def _together(y: np.ndarray, v: np.ndarray) -> tuple[float, float, float]:
    """The mean and its interval; two studies can't say how studies differ, so a prior has to, as in the product."""
    if len(y) < 3:
        leaning = partial_pooling(y, v, tau_scale=TAU_SCALE["log_odds"]).mean
        return leaning.mean, leaning.quantiles[0], leaning.quantiles[4]
    mean = random_effects(y, v).mean
    return mean.value, mean.low, mean.high


def _log_odds(row: Mapping[str, str], left: bool) -> tuple[float, float]:
    """The log odds ratio of the good outcome and its variance, from the two printed shares."""
    sizes = [float(row[f"Outcome_Measure_{side}_Sample_Size"]) for side in ("Intervention", "Comparison")]
    shares = [float(row[f"{side}_Mean"]) for side in ("Intervention", "Comparison")]
    scale = 100 if max(shares) > 1 else 1
    good = [1 - share / scale if left else share / scale for share in shares]
    y = log(good[0] / (1 - good[0])) - log(good[1] / (1 - good[1]))
    return y, sum(1 / (n * share) + 1 / (n * (1 - share)) for n, share in zip(sizes, good, strict=True))


def _expectations(rows: Sequence[Mapping[str, str]]) -> list[Number]:
    """Teachers told to expect much, by how long they had known the pupils (standardised mean difference)."""
    groups = {"new_to_each_other": [r for r in rows if float(r["weeks"]) <= 1],
              "know_each_other": [r for r in rows if float(r["weeks"]) > 1]}  # fmt: skip
    found = []
    for name, some in groups.items():
        mean = random_effects(_floats(some, "yi"), _floats(some, "vi")).mean
        pupils = int(_floats(some, "n1i").sum() + _floats(some, "n2i").sum())
        found.append(Number(f"expectations/{name}", "sd", mean.value, mean.low, mean.high, len(some), len(some), pupils,
                            "Raudenbush 1984, Journal of Educational Psychology 76(1)"))  # fmt: skip
    return found


def _attendance(rows: Sequence[Mapping[str, str]]) -> Number:
    """How attendance and grades go together (Fisher's z, several samples per study)."""
    some = [row for row in rows if row["criterion"] == "grade"]
    y = np.array([atanh(float(row["ri"])) for row in some])
    sizes = _floats(some, "ni")
    fitted = three_level(blocks_of(y, 1 / (sizes - 3), _codes(some, "studyid")), rho=RHO)
    mean, _ = robust(fitted.gls, np.array([1.0]))
    studies = len({row["studyid"] for row in some})
    return Number("attendance/grades", "correlation", tanh(mean.value), tanh(mean.low), tanh(mean.high), studies,
                  len(some), int(sizes.sum()),
                  "Credé, Roch & Kieszczynka 2010, Review of Educational Research 80(2)")  # fmt: skip


def _calendars(rows: Sequence[Mapping[str, str]]) -> Number:
    fitted = three_level(blocks_of(_floats(rows, "yi"), _floats(rows, "vi"), _codes(rows, "district")))
    mean, _ = robust(fitted.gls, np.array([1.0]))
    return Number("calendars/results", "sd", mean.value, mean.low, mean.high, len({row["district"] for row in rows}),
                  len(rows), 0, "Konstantopoulos 2011, Research Synthesis Methods 2(1)")  # fmt: skip


def _key(value: str) -> str:
    return "_".join(value.lower().replace(",", "").replace("-", "_").split())


def as_toml(numbers: Iterable[Number]) -> str:
    """The file's text."""
    lines = ["# Computed by benchmarks/hub_numbers.py from the sources named; not written by hand. An odds ratio",
             "# over 1 is good. left_with: of a hundred, when 21 leave without a programme and the odds ratio is true.",
             ""]  # fmt: skip
    for each in numbers:
        lines += [f'["{each.key}"]', f'unit = "{each.unit}"', f"estimate = {each.estimate:.4f}",
                  f"low = {each.low:.4f}", f"high = {each.high:.4f}", f"studies = {each.studies}",
                  f"rows = {each.rows}", f"pupils = {each.pupils}"]  # fmt: skip
        if each.unit == "odds_ratio" and each.key.startswith("wilson"):
            lines.append(f"left_with = {100 * share_with_help(LEFT_WITHOUT, log(each.estimate)):.1f}")
        lines += [f'source = "{each.source}"', ""]
    return "\n".join(lines)


def write(folder: Path, to: Path = NUMBERS) -> None:
    """Computes everything and writes the file."""
    to.write_text(as_toml(computed(folder)), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
