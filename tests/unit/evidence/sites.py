"""Made-up sites for the tests of what several say together."""

from dataclasses import replace

from pluginnovation.evidence.message import About, SiteEstimate

ONE = SiteEstimate(
    About("site-0", "project-1", "mentors", "absence_share"),
    design="waiting_list",
    estimand="itt",
    unit="percentage_points",
    benefit=-1,
    cap=5,
    treated=100,
    compared=100,
    schools_treated=3,
    schools_compared=3,
    estimate=-4.0,
    se=1.0,
    df=190.0,
    compared_mean=18.0,
)


def site(number: int, estimate: float | None, se: float = 1.0, *, about: dict | None = None, **more) -> SiteEstimate:
    """One site's message; `about` and `more` change what they name."""
    told = replace(ONE.about, **{"site": f"site-{number}", **(about or {})})
    return replace(ONE, about=told, estimate=estimate, se=None if estimate is None else se, **more)
