"""What a person asks for when they import a source."""

from dataclasses import dataclass, field
from datetime import datetime

from .profiles import Profile
from .sink import IdentitySink, NoSink
from .watching import NoWatch, Watch

REFUSE_OVER_PCT = 5.0


@dataclass(frozen=True, slots=True)
class Asked:
    """The terms of one import.

    by               who asks, for the list of imports
    at               now: when the rows become known
    source           the name the rows go under; None: the one Huvudman in the source
    profile          how the files are written: the name of a built-in profile, or the profile itself
    dry_run          check and compare, change nothing
    strict           refuse the whole source when a single row breaks a rule
    max_quarantine   refuse it when more than this many per cent of a resource's rows do
    sink             where identities go
    watch            who looks on while it works
    """

    by: str
    at: datetime
    source: str | None = None
    profile: str | Profile = "csv"
    dry_run: bool = False
    strict: bool = False
    max_quarantine: float = REFUSE_OVER_PCT
    sink: IdentitySink = field(default_factory=NoSink)
    watch: Watch = field(default_factory=NoWatch)
