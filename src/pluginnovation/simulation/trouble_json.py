"""Bad objects among the attendances of the SS 12000 folder: what only JSON can get wrong, and what both can."""

import json
from pathlib import Path
from typing import Any, Final

from .trouble_planted import Planted

GONE: Final = "finns-inte"
FAULTS: Final[dict[str, dict[str, Any]]] = {
    "unknown_calendar_event": {"calendarEvent": {"id": GONE}},
    "not_as_the_standard_says": {"attendanceMinutes": "sextio"},
    "unknown_person": {"student": {"id": GONE}},
    "minutes_out_of_range": {"attendanceMinutes": -5},
    "minutes_do_not_add_up": {"validAbsenceMinutes": 9},
}


def objects(folder: Path, protected: frozenset[str]) -> list[Planted]:
    """ss12000/attendances-9999.json: good attendances of the first file, each with one thing wrong.

    The line of an object is its number in the file.
    """
    first = json.loads((folder / "ss12000" / "attendances-0001.json").read_text(encoding="utf-8"))["data"]
    good = (each for each in first if each["isReported"] and each["student"]["id"] not in protected)
    bad = [{**each, **fault, "id": f"fel-{rule}"} for each, (rule, fault) in zip(good, FAULTS.items(), strict=False)]
    name = "ss12000/attendances-9999.json"
    text = ",\n".join(json.dumps(each, ensure_ascii=False) for each in bad)
    (folder / name).write_text(f'{{"data": [\n{text}\n], "pageToken": null}}\n', encoding="utf-8")
    return [Planted("objects", name, line, rule) for line, rule in enumerate(list(FAULTS)[: len(bad)], start=1)]
