"""Short anonymous surveys: the statements that come ready, which answers hold, and when results may be read.

A sheet holds answers and nothing else: no name, no time, no address, no free words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pluginnovation.privacy.small_numbers import FEWEST

PUPILS, STAFF, GUARDIANS = "pupils", "staff", "guardians"
AUDIENCES: Final = (PUPILS, STAFF, GUARDIANS)
FULLY, PARTLY, NOT, DONT_KNOW = "fully", "partly", "not", "dont_know"
ANSWERS: Final = (FULLY, PARTLY, NOT, DONT_KNOW)
MOST_QUESTIONS: Final = 10
LONGEST_QUESTION: Final = 160
# A survey that lies open for longer isn't about how things are now.
MOST_DAYS: Final = 60

CLOSED, TOO_FEW_ANSWERS, STILL_OPEN = "closed", "too_few", "open"


@dataclass(frozen=True, slots=True)
class Question:
    """A statement to agree with or not.

    key   never used for other words within a survey
    """

    key: str
    sv: str
    en: str
    factor: str = ""

    def text(self, spoken: str) -> str:
        """In one language ('sv' or 'en')."""
        return self.en if spoken == "en" and self.en else self.sv


READY: Final[Mapping[str, tuple[Question, ...]]] = {
    PUPILS: (
        Question("met", "Vuxna i skolan bryr sig om hur jag har det.",
                 "Adults at school care about how I am.", "meeting"),
        Question("missed", "Någon märker när jag är borta och frågar hur det är.",
                 "Somebody notices when I'm away and asks how I am.", "tracking"),
        Question("help", "Jag får hjälp i tid när något är svårt.",
                 "I get help in time when something is hard.", "tracking"),
        Question("way", "Skolan hittar sätt som passar mig.", "School finds ways that suit me.", "flexibility"),
        Question("say", "Jag får vara med och bestämma om det stöd jag får.",
                 "I take part in deciding about the support I get.", "individual"),
        Question("belong", "Jag har någon att vara med i skolan.", "I have somebody to be with at school.", "meeting"),
    ),
    STAFF: (
        Question("met", "Hos oss möts elever med höga förväntningar och värme.",
                 "Pupils here are met with high expectations and warmth.", "meeting"),
        Question("who", "Jag vet vem jag ska prata med när en elev är borta.",
                 "I know whom to talk to when a pupil is away.", "cooperation"),
        Question("together", "Mentor, elevhälsa och rektor ser elevens läge tillsammans.",
                 "Mentor, pupil health and principal look at a pupil's situation together.", "cooperation"),
        Question("early", "Vi märker tidigt när en elev är på väg bort.",
                 "We notice early when a pupil is drifting away.", "tracking"),
        Question("adapt", "Vi kan ändra schema, grupp eller arbetssätt när det behövs.",
                 "We can change timetable, group or ways of working when needed.", "flexibility"),
        Question("plan", "Stödet utgår från varje elevs egna mål.",
                 "Support starts from each pupil's own goals.", "individual"),
    ),
    GUARDIANS: (
        Question("told", "Skolan hör av sig tidigt när något inte fungerar.",
                 "School gets in touch early when something isn't working.", "tracking"),
        Question("heard", "Skolan lyssnar på det vi berättar.", "School listens to what we tell.", "meeting"),
        Question("who", "Vi vet vem vi ska vända oss till.", "We know whom to turn to.", "cooperation"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """One statement's answers.

    of   how many answered it, `dont_know` among them
    """

    question: Question
    fully: int
    partly: int
    not_: int
    dont_know: int

    @property
    def of(self) -> int:
        """How many answered."""
        return self.fully + self.partly + self.not_ + self.dont_know

    @property
    def told(self) -> bool:
        """Whether so many answered this one that it may be read."""
        return self.of >= FEWEST


def wrong_survey(questions: Sequence[Question], *, days: int, fewest: int) -> str:
    """What is wrong with a survey about to be opened, as a word; empty: nothing.

    Gives   no_questions, too_many, question_empty, question_long, keys_repeat, days or fewest
    """
    if not questions:
        return "no_questions"
    if len(questions) > MOST_QUESTIONS:
        return "too_many"
    if any(not one.sv.strip() for one in questions):
        return "question_empty"
    if any(max(len(one.sv), len(one.en)) > LONGEST_QUESTION for one in questions):
        return "question_long"
    if len({one.key for one in questions}) != len(questions):
        return "keys_repeat"
    if not 1 <= days <= MOST_DAYS:
        return "days"
    return "fewest" if fewest < FEWEST else ""


def right_answers(said: Mapping[str, str], questions: Sequence[Question]) -> dict[str, str]:
    """The answers that belong to the survey; everything else that was sent is dropped."""
    keys = {one.key for one in questions}
    return {key: answer for key, answer in said.items() if key in keys and answer in ANSWERS}


def may_be_read(sheets: int, *, is_open: bool, fewest: int) -> str:
    """Whether results may be read: CLOSED yes; STILL_OPEN not yet; TOO_FEW_ANSWERS never.

    While a survey is open only the number of sheets is told: results read twice would tell what came in between.
    """
    if is_open:
        return STILL_OPEN
    return CLOSED if sheets >= max(fewest, FEWEST) else TOO_FEW_ANSWERS


def counted(sheets: Sequence[Mapping[str, str]], questions: Sequence[Question]) -> tuple[Counted, ...]:
    """The answers to each statement, in the statements' order."""
    found = []
    for one in questions:
        said = [sheet.get(one.key) for sheet in sheets]
        found.append(Counted(one, *(said.count(answer) for answer in ANSWERS)))
    return tuple(found)
