"""The sections that are written in a case, by its kind. Each has its own text, so that two may write at once."""

from dataclasses import dataclass
from typing import Final

from .case_states import ABSENCE, ASSESSMENT, FINDINGS, INVESTIGATION, SUPPORT

LONGEST: Final = 8_000


@dataclass(frozen=True, slots=True)
class Section:
    """One section.

    title, about   Swedish and English: its heading, and what belongs in it
    printed        whether it stands in the action programme
    """

    key: str
    title: tuple[str, str]
    about: tuple[str, str]
    printed: bool = False


_ASSESSMENT = Section(
    ASSESSMENT, ("Varför ärendet öppnades", "Why the case was opened"),
    ("Vad har hänt, och vad har ni gjort hittills?", "What has happened, and what have you done so far?"),
)  # fmt: skip
_PUPIL = Section(
    "pupil_view", ("Elevens bild", "The pupil's view"),
    ("Vad säger eleven om skolan och om vad som skulle hjälpa?",
     "What does the pupil say about school and about what would help?"),
)  # fmt: skip
_GUARDIANS = Section(
    "guardian_view", ("Vårdnadshavarnas bild", "The guardians' view"),
    ("Vad säger de som känner eleven hemma?", "What do those say who know the pupil at home?"),
)  # fmt: skip
_SCHOOL = Section(
    "school_view", ("Skolans bild", "The school's view"),
    ("Vad fungerar och inte, i vilka ämnen och situationer?",
     "What works and doesn't, in which subjects and situations?"),
)  # fmt: skip
_TRIED = Section(
    "tried", ("Prövat hittills", "Tried so far"),
    ("Vilka extra anpassningar har ni prövat, och vad gav de?",
     "Which extra adaptations have you tried, and what did they give?"),
)  # fmt: skip
_FINDINGS = Section(
    FINDINGS, ("Slutsatser", "Conclusions"),
    ("Vad är det som hindrar, och vad behövs?", "What stands in the way, and what is needed?"),
)  # fmt: skip
_NEEDS = Section(
    "needs", ("Elevens behov av särskilt stöd", "The pupil's need of special support"),
    ("Behoven i skolans olika situationer. Skriv så att eleven själv förstår.",
     "The needs in the situations of school. Write so that the pupil understands."),
    printed=True,
)  # fmt: skip
_MET = Section(
    "how_met", ("Så ska behoven tillgodoses", "How the needs are to be met"),
    ("Vem gör vad, hur ofta och var? Insatserna nedan skrivs ut också.",
     "Who does what, how often and where? The measures below are printed too."),
    printed=True,
)  # fmt: skip
_FOLLOWED = Section(
    "followed_up", ("Så följs det upp", "How it is followed up"),
    ("När, hur och av vem? Det ska framgå av programmet.", "When, how and by whom? The programme has to say so."),
    printed=True,
)  # fmt: skip

SECTIONS: Final[dict[str, tuple[Section, ...]]] = {
    ABSENCE: (_ASSESSMENT, _PUPIL, _GUARDIANS, _SCHOOL, _FINDINGS),
    INVESTIGATION: (_ASSESSMENT, _TRIED, _PUPIL, _GUARDIANS, _SCHOOL, _FINDINGS, _NEEDS, _MET, _FOLLOWED),
    SUPPORT: (_ASSESSMENT, _PUPIL, _SCHOOL),
}


def section_of(kind: str, key: str) -> Section | None:
    """The section of such a case; none when it has no such."""
    return next((section for section in SECTIONS[kind] if section.key == key), None)
