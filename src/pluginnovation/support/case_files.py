"""Documents in a case: what kinds there are, why one is removed, and how much may be attached."""

from typing import Final

from .case_states import Text

REPORT, AGREEMENT, DECISION, LETTER, OTHER = "report", "agreement", "decision", "letter", "other"
KINDS: Final[dict[str, Text]] = {
    REPORT: ("Utlåtande eller rapport", "Statement or report"),
    AGREEMENT: ("Överenskommelse", "Agreement"),
    DECISION: ("Beslut från någon annan", "Decision by somebody else"),
    LETTER: ("Brev", "Letter"),
    OTHER: ("Annat", "Other"),
}
# Why one is removed: a word, since a free text would tell of what was taken away.
REMOVED: Final[dict[str, Text]] = {
    "wrong_pupil": ("Den hör till någon annan", "It belongs to somebody else"),
    "wrong_class": ("Den lades i fel sekretessklass", "It was put in the wrong class of secrecy"),
    "replaced": ("Den är ersatt av en nyare", "It is replaced by a newer one"),
    "archived": ("Den är förd till arkivet", "It is moved to the archive"),
    "mistake": ("Den skulle inte hit", "It should not be here"),
}
ENDINGS: Final = (".pdf", ".png", ".jpg", ".jpeg", ".docx", ".odt", ".txt")
MOST_BYTES: Final = 10 * 1024 * 1024
# In one case, removed ones not counted.
MOST_FILES: Final = 40
LONGEST_TITLE: Final = 120
# Whoever attached a file removes it; so does whoever leads the school, when the file is theirs to read.
REMOVES: Final = ("principal",)


def removes(role: str, *, reads: bool, own: bool) -> bool:
    """Whether somebody may remove a file: one's own, or as the principal one that may be read."""
    return own or (role in REMOVES and reads)
