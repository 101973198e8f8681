"""A text in both languages, and the small pieces that the meters' sentences are put together from."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from pluginnovation.reference.eligibility import MissingPass
from pluginnovation.reference.grade_scales import NO_BASIS
from pluginnovation.signals.meters.names import subject_name
from pluginnovation.signals.wording import EN, SV, Wording

# A Swedish and an English text.
Told = tuple[str, str]
LANGUAGES: Final = (Wording(SV), Wording(EN))
_SMALL: Final = {
    SV: ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio"),
    EN: ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}


def told(sentence: Callable[[Wording], str]) -> Told:
    """The sentence in both languages."""
    swedish, english = (sentence(say) for say in LANGUAGES)
    return swedish, english


def listed(names: Sequence[str], say: Wording) -> str:
    """Names in a row: a, b och c."""
    *first, last = names or [""]
    return say.pick(" och ", " and ").join([", ".join(first), last]) if first else last


def started(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def counted(number: int, say: Wording) -> str:
    """A small number as a word that begins or stands in a sentence."""
    words = _SMALL[say.language]
    return words[number] if number < len(words) else str(number)


def with_mark(missing: MissingPass, say: Wording) -> str:
    """A subject with what stands there now: `matematik (F)`."""
    return f"{subject_name(missing.subject, say.language)} ({mark_word(missing.now, say)})"


def mark_word(grade: str | None, say: Wording) -> str:
    """F, a dash or no grade, as a word."""
    if grade is None:
        return say.pick("inget betyg", "no grade")
    return say.pick("streck", "a dash") if grade == NO_BASIS else "F"


def names_of(missing: Iterable[MissingPass], say: Wording) -> list[str]:
    """The subjects' names alone."""
    return [subject_name(each.subject, say.language) for each in missing]


def more_subjects(number: int, say: Wording) -> str:
    """How many further subjects: `två ämnen till`."""
    return say.pick(
        f"{counted(number, say)} {'ämne' if number == 1 else 'ämnen'} till",
        f"{counted(number, say)} more {'subject' if number == 1 else 'subjects'}",
    )
