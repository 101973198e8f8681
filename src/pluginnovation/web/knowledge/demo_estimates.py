"""Made-up estimates, so that the demo's pages have something to show: some help, some don't, one does harm.

Only where everything is made up, and only on a hub that has received none. Every page and file says so.
"""

from datetime import datetime
from typing import Any, Final

import msgspec

from .models import MethodPage, SiteEstimateRow
from .receiving import pool_waiting, receive

# method: outcome, unit, whether more is better, and its sites: name, sub-project, how, estimate, standard error, pupils
# on each side, and what is special. The municipalities are the made-up region's.
SITES: Final[dict[str, tuple[str, str, int, tuple[tuple[Any, ...], ...]]]] = {
    "morgonstart-med-en-vuxen": ("absence_share", "percentage_points", -1, (
        ("Älvskär", "Morgonstart", "waiting_list", "lottad ordning, årskurs 8", -4.6, 1.3, 85,
         {"hours": 19.0, "followed": (96.0, 81.0, 12.0)}),
        ("Havsåsa", "Hej på morgonen", "school_draw", "lottade skolor, årskurs 9", -3.9, 1.4, 110, {"hours": 16.5}),
        ("Holmforsa", "Första lektionen", "waiting_list", "lottad ordning, årskurs 7", -4.2, 1.5, 70, {}),
        ("Ljungsala", "God morgon", "waiting_list", "lottad ordning, gymnasiet", -1.1, 1.6, 95,
         {"hours": 7.5, "followed": (70.0, 38.0, 31.0)}),
        ("Hasselmora", "Starten", "comparison", "matchade elever, årskurs 9", -6.8, 2.1, 40, {}),
        ("Tornåsa", "Morgonstart 2026", "waiting_list", "lottad ordning", -2.4, 2.4, 35, {"running": True}),
    )),
    "kontakt-hem-samma-dag": ("unexcused_share", "percentage_points", -1, (
        ("Granvika", "Samma dag", "school_draw", "lottade skolor, årskurs 7-9", -1.4, 0.6, 260, {}),
        ("Björksala", "Ring hem", "school_draw", "lottade skolor, årskurs 7-9", -0.2, 0.7, 240, {}),
        ("Lerhamra", "Hör av dig", "rollout", "stegvis start", -1.9, 0.9, 180, {}),
    )),
    "studiecoach": ("courses_passed", "passes", 1, (
        ("Stenmarka", "Coach i trean", "waiting_list", "lottad ordning, gymnasiet", 0.7, 0.5, 60, {}),
    )),
    "ekonomisk-beloning": ("absence_share", "percentage_points", -1, (
        ("Öndenäs", "Närvaropeng", "waiting_list", "lottad ordning, gymnasiet", 1.9, 0.8, 120, {}),
        ("Sjöhälla", "Bonus", "waiting_list", "lottad ordning, gymnasiet", 0.4, 0.9, 90, {}),
        ("Rönnslätt", "Belöningen", "waiting_list", "lottad ordning, årskurs 9", 1.2, 1.0, 65, {}),
    )),
}  # fmt: skip
CAPS: Final = {"waiting_list": 5, "school_draw": 5, "rollout": 4, "comparison": 3}


def make_demo_estimates(*, at: datetime) -> int:
    """Receive the made-up estimates of the methods that are there, as if nodes had sent them. How many."""
    if SiteEstimateRow.objects.exists():
        return 0
    there = set(MethodPage.objects.live().values_list("slug", flat=True))
    raws = [
        msgspec.json.encode(_document(method, outcome, unit, benefit, site))
        for method, (outcome, unit, benefit, sites) in SITES.items()
        if method in there
        for site in sites
    ]
    got = receive(raws, by="the demo", at=at)
    pool_waiting(at=at)
    return got.new


def _document(method: str, outcome: str, unit: str, benefit: int, site: tuple[Any, ...]) -> dict[str, Any]:
    name, project, design, detail, estimate, se, pupils, special = site
    hours, followed = special.get("hours"), special.get("followed", ())
    return {
        "about": {
            "site": name, "project": project, "method": method, "outcome": outcome, "horizon": "våren 2026",
            "detail": detail, "running": special.get("running", False),
        },
        "design": design, "estimand": "itt", "unit": unit, "benefit": benefit, "cap": CAPS[design],
        "treated": pupils, "compared": pupils, "schools_treated": 3, "schools_compared": 3,
        "estimate": estimate, "se": se, "df": 2.0 * pupils - 2,
        "of_the_help": [
            *([["hours_of_help", hours], ["hours_known", 92.0]] if hours else []),
            *zip(("points_known", "points_followed", "points_partly"), followed, strict=False),
        ],
    }  # fmt: skip
