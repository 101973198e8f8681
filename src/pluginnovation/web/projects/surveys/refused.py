"""What surveys refuse, and what to do about it."""

from pluginnovation.privacy.small_numbers import FEWEST
from pluginnovation.projects.surveys import LONGEST_QUESTION, MOST_DAYS, MOST_QUESTIONS
from pluginnovation.records.refusals import Refusal

_WRONG = {
    "no_questions": ("Välj eller skriv minst ett påstående.", "Choose or write at least one statement."),
    "too_many": (f"Högst {MOST_QUESTIONS} påståenden.", f"At most {MOST_QUESTIONS} statements."),
    "question_empty": ("Ett påstående är tomt.", "A statement is empty."),
    "question_long": (f"Ett påstående får ha högst {LONGEST_QUESTION} tecken.",
                      f"A statement has at most {LONGEST_QUESTION} characters."),
    "keys_repeat": ("Samma påstående står två gånger.", "The same statement stands twice."),
    "days": (f"En enkät är öppen mellan en och {MOST_DAYS} dagar.", f"A survey is open for one to {MOST_DAYS} days."),
    "fewest": (f"Minst {FEWEST} svar krävs för att resultat ska visas.",
               f"At least {FEWEST} answers are needed for results to show."),
    "audience": ("Välj vilka som svarar.", "Choose who answers."),
    "title": ("Ge enkäten ett namn på högst 80 tecken.", "Give the survey a name of at most 80 characters."),
}  # fmt: skip


def survey_wrong(why: str) -> Refusal:
    """A survey that can't be opened."""
    return Refusal("survey_wrong", what=_WRONG[why], todo=("Ingen enkät öppnades.", "No survey was opened."))


def survey_closed() -> Refusal:
    """An answer to a survey that takes none."""
    return Refusal(
        "survey_closed",
        what=("Enkäten är stängd.", "The survey is closed."),
        todo=("Inget svar sparades.", "No answer was saved."),
    )


def nothing_answered() -> Refusal:
    """A sheet without an answer."""
    return Refusal(
        "nothing_answered",
        what=("Inget är ifyllt.", "Nothing is filled in."),
        todo=("Svara på minst ett påstående.", "Answer at least one statement."),
    )


def sheet_too_old() -> Refusal:
    """A form that lay open for too long, or that this installation never made."""
    return Refusal(
        "sheet_too_old",
        what=("Sidan har legat öppen för länge.", "The page has been open for too long."),
        todo=("Läs in den igen och svara en gång till.", "Load it again and answer once more."),
    )
