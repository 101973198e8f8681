"""What a request asks the pages of mapping for: the duty, the round within it, and what a form says."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest

from pluginnovation.support.mapping import ANSWERS
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.rights.asker import duty_of

from ..models import MappingRound
from .reach import schools_of

ANSWER_FIELD = "svar-"


def round_or_404(request: HttpRequest, number: int) -> MappingRound:
    """A round of a school that the duty maps, and that isn't taken back.

    Raises  Http404, the same one, whether it doesn't exist or is another school's
    """
    schools = schools_of(duty_of(request), today()).values("code")
    found = MappingRound.objects.filter(pk=number, withdrawn_at=None, school__in=schools).first()
    if found is None:
        raise Http404
    return found


def answers_in(request: HttpRequest, keys: Iterable[str]) -> dict[str, str]:
    """What the form says to each statement: only answers that there are."""
    said = {key: request.POST.get(f"{ANSWER_FIELD}{key}", "") for key in keys}
    return {key: answer for key, answer in said.items() if answer in ANSWERS}


def text_in(request: HttpRequest, field: str) -> str:
    """A text of the form, with its lines, without what can't be stored."""
    return request.POST.get(field, "").replace("\x00", "").replace("\r\n", "\n").strip()


def number_in(request: HttpRequest, field: str) -> int:
    """A whole number that the form carries along; 0 for what is none."""
    said = request.POST.get(field, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 8 else 0
