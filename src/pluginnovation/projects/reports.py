"""Interim and final reports: the fields of the real forms of 2015, their states, and which figures come by themselves.

Source  the sub-projects' reports of March 2015 asked if goals were reached, how attendance, grades, mapped and returned
        youths had changed, and what had changed in the organisation; hand-over and sharing are ours
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from .claims import SAYS, Figure, may_be_unmeasured
from .follow_up import ANSWERS as ABSORBED

Text = tuple[str, str]

INTERIM, FINAL = "interim", "final"
KINDS: Final[dict[str, Text]] = {INTERIM: ("Delrapport", "Interim report"), FINAL: ("Slutrapport", "Final report")}

DRAFT, HANDED_IN, APPROVED, PUBLISHED = "draft", "handed_in", "approved", "published"
STATES: Final[dict[str, Text]] = {
    DRAFT: ("Skrivs", "Being written"),
    HANDED_IN: ("Inlämnad", "Handed in"),
    APPROVED: ("Godkänd", "Approved"),
    PUBLISHED: ("Publicerad", "Published"),
}
LEADER, REGION = "sub_project_leader", "regional_lead"


@dataclass(frozen=True, slots=True)
class Move:
    """One way from a state to the next, what the button says, and who may make it."""

    before: str
    after: str
    label: Text
    roles: tuple[str, ...]


# Published is by choice, and the sub-project's own.
MOVES: Final = (
    Move(DRAFT, HANDED_IN, ("Lämna in rapporten", "Hand in the report"), (LEADER,)),
    Move(HANDED_IN, APPROVED, ("Godkänn rapporten", "Approve the report"), (REGION,)),
    Move(HANDED_IN, DRAFT, ("Be om komplettering", "Ask for more"), (REGION,)),
    Move(APPROVED, PUBLISHED, ("Publicera till kunskapsbanken", "Publish to the knowledge bank"), (LEADER,)),
)

CHOICE, TEXT = "choice", "text"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form.

    kind      CHOICE or TEXT
    choices   the words to choose from
    measure   the register measure that stands beside; empty: none
    needed    whether the report can't be handed in without it
    final     only in the final report
    """

    key: str
    name: Text
    kind: str = TEXT
    choices: Mapping[str, Text] | None = None
    measure: str = ""
    needed: bool = False
    final: bool = False


REACHED: Final[dict[str, Text]] = {
    "exceeded": ("Överträffade", "Exceeded"),
    "reached": ("Nådda", "Reached"),
    "partly": ("Delvis nådda", "Partly reached"),
    "not_reached": ("Inte nådda", "Not reached"),
    "too_early": ("För tidigt att säga", "Too early to say"),
}
EXTENT: Final[dict[str, Text]] = {
    "none": ("Inte alls", "Not at all"),
    "small": ("I liten utsträckning", "To a small extent"),
    "some": ("I viss utsträckning", "To some extent"),
    "great": ("I stor utsträckning", "To a great extent"),
}

SECTIONS: Final[dict[str, Text]] = {
    "goals": ("Mål", "Goals"),
    "participants": ("Deltagarna", "Participants"),
    "organisation": ("Organisationen", "The organisation"),
    "experience": ("Erfarenheter att dela", "Experiences to share"),
    "after": ("Efter slutet", "After the end"),
}


def _extent(key: str, sv: str, en: str) -> Field:
    return Field(key, (sv, en), CHOICE, EXTENT)


def _change(key: str, sv: str, en: str, measure: str) -> Field:
    return Field(key, (sv, en), CHOICE, SAYS, measure, needed=True)


FORM: Final[dict[str, tuple[Field, ...]]] = {
    "goals": (
        Field("goals_reached", ("Är målen nådda?", "Are the goals reached?"), CHOICE, REACHED, needed=True),
        Field("goals_text", ("Hur gick det mot målen och planen?", "How did it go against goals and plan?"),
              needed=True),
    ),
    "participants": (
        _change("attendance", "Har närvaron förändrats?", "Has attendance changed?", "absence_share"),
        _change("unexcused", "Har den ogiltiga frånvaron förändrats?", "Has unexcused absence changed?",
                "unexcused_share"),
        _change("grades", "Har betygen förändrats?", "Have grades changed?", "passes_share"),
        _change("mapped", "Har fler blivit kartlagda?", "Have more been mapped?", "mapped"),
        _change("in_school", "Är fler i skola nu?", "Are more in school now?", "in_school"),
        Field("other_outcomes", ("Andra förändringar för deltagarna", "Other changes among participants")),
    ),
    "organisation": (
        _extent("competence", "Har personalens kompetens ökat?", "Has the staff's competence grown?"),
        _extent("methods", "Har nya metoder kommit in i vardagen?", "Have new methods entered ordinary work?"),
        _extent("engagement", "Har engagemanget ökat?", "Has engagement grown?"),
        _extent("routines", "Har riktlinjer eller rutiner ändrats?", "Have guidelines or routines changed?"),
        _extent("attitudes", "Har attityder ändrats, till exempel höga förväntningar?",
                "Have attitudes changed, such as high expectations?"),
    ),
    "experience": (
        Field("worked", ("Vad fungerade, och varför?", "What worked, and why?"), needed=True),
        Field("did_not_work", ("Vad fungerade inte?", "What didn't work?"), needed=True),
        Field("advice", ("Råd till den som vill pröva samma sak", "Advice to who wants to try the same")),
    ),
    "after": (
        Field("absorbed", ("Fortsätter arbetet i den vanliga verksamheten?", "Does it go on in ordinary work?"), CHOICE,
              ABSORBED, needed=True, final=True),
        Field("absorbed_owner", ("Vilken roll äger det nu?", "Which role owns it now?"), needed=True, final=True),
    ),
}  # fmt: skip


def fields_of(kind: str, section: str = "") -> tuple[Field, ...]:
    """The fields of a kind of report, of one section or all."""
    sections = (section,) if section else tuple(FORM)
    return tuple(field for name in sections for field in FORM[name] if kind == FINAL or not field.final)


def sections_of(kind: str) -> tuple[str, ...]:
    """The sections that a kind of report has, in order."""
    return tuple(name for name in FORM if fields_of(kind, name))


def choices_of(field: Field, figures: Mapping[str, Figure]) -> dict[str, Text]:
    """What may be chosen: 'not measured' is no choice where the registers have the figure."""
    found = dict(field.choices or {})
    if field.measure and not may_be_unmeasured(figures.get(field.measure)):
        found.pop("not_measured", None)
    return found


def missing(kind: str, answers: Mapping[str, str], figures: Mapping[str, Figure]) -> tuple[str, ...]:
    """The keys of what must be answered first, in the form's order; a choice that can't be made counts as none."""
    return tuple(
        field.key
        for field in fields_of(kind)
        if field.needed and not _said(field, answers.get(field.key, "").strip(), figures)
    )


def _said(field: Field, answer: str, figures: Mapping[str, Figure]) -> bool:
    return answer in choices_of(field, figures) if field.kind == CHOICE else bool(answer)


def move_to(state: str, after: str) -> Move | None:
    """The move between two states; None when there is no such."""
    return next((move for move in MOVES if (move.before, move.after) == (state, after)), None)


@dataclass(frozen=True, slots=True)
class Filled:
    """How many of a report's figures filled themselves in, of those that may be told; `too_few` aren't, since fewer
    than ten are behind them."""

    filled: int
    too_few: int
    of: int

    @property
    def share(self) -> int | None:
        """Whole per cent; None: there are no figures."""
        return 100 * self.filled // self.of if self.of else None


def filled(figures: Mapping[str, Figure], counts: Mapping[str, int | None], hidden: Collection[str] = ()) -> Filled:
    """How much of the report's figures came by itself.

    Takes   figures   by measure, all those of the form; one that isn't there is empty
            counts    participants, times, hours and money by name; None: hidden or unknown
            hidden    the names of the counts that are hidden since few are behind them
    """
    wanted = [field.measure for field in fields_of(FINAL) if field.measure]
    shown = sum(measure in figures and figures[measure].enough for measure in wanted)
    few = sum(measure in figures and figures[measure].doubt == "too_few" for measure in wanted)
    too_few = few + sum(name in hidden for name in counts)
    told = shown + sum(count is not None for count in counts.values())
    return Filled(told, too_few, len(wanted) + len(counts) - too_few)
