"""Raised signals as a page puts them to adults: why, what can be answered, and the answer that stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms

from ..definitions import Definition
from ..figures import Figure
from ..models import Answer
from ..reading import answers_it


@dataclass(frozen=True, slots=True)
class Offered:
    """What a page offers to answer, and what to say when the figures are doubted."""

    answers: tuple[Answer.What, ...]
    doubts: tuple[Answer.What, ...]

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """The answers as a form has them."""
        return [(what.value, what.label) for what in self.answers]

    @property
    def doubted(self) -> list[tuple[str, Any]]:
        """The doubts as a form has them."""
        return [(what.value, what.label) for what in self.doubts]


AT_SCHOOL: Final = Offered(
    (Answer.What.ASKED, Answer.What.ADAPTED, Answer.What.GUARDIAN, Answer.What.RAISED),
    (Answer.What.WRONG_ROWS, Answer.What.WRONG_PLAN, Answer.What.WRONG_LEAVE, Answer.What.WRONG_GRADES),
)
WITHOUT_SCHOOL: Final = Offered((Answer.What.CONTACTED, Answer.What.GUARDIAN), (Answer.What.WRONG_STAYS,))


class AnswerForm(forms.Form):
    """What an adult answers to a signal, of what the page offers; or that the answer is taken back."""

    what = forms.ChoiceField()

    def __init__(self, sent: Mapping[str, Any], offered: Offered) -> None:
        super().__init__(sent)
        undone = (Answer.What.UNDONE.value, Answer.What.UNDONE.label)
        self.fields["what"] = forms.ChoiceField(choices=[*offered.choices, *offered.doubted, undone])


@dataclass(frozen=True, slots=True)
class Reason:
    """One raised signal on the page, with its standing answer.

    wrong   the form that was sent without a choice: answer, doubt, or empty
    """

    figure: Figure
    title: str
    text: str
    answer: Answer | None
    wrong: str


def reasons_of(
    figures: Iterable[Figure],
    definitions: Mapping[str, Definition],
    answers: Mapping[str, Answer],
    wrong: tuple[str, str],
) -> list[Reason]:
    """The signals that ask for an answer: those that wait first, the highest level first among them.

    Takes   wrong   the signal and the form that was sent without a choice; empty when none was
    """
    reasons = [
        _reason(figure, definitions[figure.signal], answers.get(figure.signal), wrong)
        for figure in figures
        if figure.opens
    ]
    return sorted(reasons, key=lambda reason: (reason.answer is not None, -(reason.figure.level or 0)))


def _reason(figure: Figure, definition: Definition, answer: Answer | None, wrong: tuple[str, str]) -> Reason:
    standing = answer if answers_it(answer, figure) else None
    return Reason(figure, definition.title, definition.text, standing, wrong[1] if figure.signal == wrong[0] else "")
