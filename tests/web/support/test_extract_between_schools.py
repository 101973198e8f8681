"""An extract holds what one school authority has written, at whichever of its schools; another's is its own."""

import json

import pytest

from pluginnovation.web.people.models import Extract, Organisation, User
from pluginnovation.web.support.models import Case
from tests.pals import Pals
from tests.web.signals.conftest import draw
from tests.web.support.between import OWN_WORDS, Visiting, as_principal, body, move, with_words

pytestmark = pytest.mark.django_db
ORDER = {"for_whom": "pupil", "identity": "card", "language": "sv"}
# What is in an extract at all: notes and files are only said to be there.
IN_EXTRACTS = ("Börja dagen lugnt", "Ring hem", "Hinna ikapp", "Mötets ord", "Jag vill börja senare", "Bussen")


def ordered(pals: Pals, visit_as: Visiting, who: User, role: str = "") -> tuple[Extract, str]:
    """The extract that somebody orders of Mira, and its content."""
    answer = visit_as(who, f"/elev/{pals.mira}/utdrag/", role=role, **ORDER)
    assert answer.status_code == 302, answer.content.decode()
    made = Extract.objects.latest("pk")
    return made, str(made.content)


def rows(content: str, chapter: str) -> int:
    return next(len(one["rows"]) for one in json.loads(content) if one["key"] == chapter)


def test_the_next_school_of_the_same_authority_hands_out_what_both_have_written(
    case: Case, alma: User, pals: Pals, visit_as: Visiting
) -> None:
    draw()
    with_words(case, pals)
    move(pals)
    made, content = ordered(pals, visit_as, alma, as_principal(pals))
    assert [words for words in IN_EXTRACTS if words not in content] == []
    assert (rows(content, "support_note"), rows(content, "support_casefile")) == (2, 1)
    assert made.place == pals.place("alm")
    # The extract is what was opened, and nothing else of that school.
    page = body(visit_as(alma, f"/elev/{pals.mira}/", role=as_principal(pals)))
    assert [words for words in OWN_WORDS if words in page] == []


def test_the_next_school_of_another_authority_hands_out_nothing_of_it(
    case: Case, alma: User, pals: Pals, visit_as: Visiting
) -> None:
    draw()
    with_words(case, pals)
    made, content = ordered(pals, visit_as, pals.petra)
    assert [words for words in IN_EXTRACTS if words not in content] == []
    Organisation.objects.filter(code=pals.place("alm")).update(parent=None)
    move(pals)
    at_alm = {"role": as_principal(pals)}
    assert visit_as(alma, f"/elev/{pals.mira}/utdrag/{made.pk}/", **at_alm).status_code == 404
    assert f"/utdrag/{made.pk}/" not in body(visit_as(alma, f"/elev/{pals.mira}/utdrag/", **at_alm))
    _own, content = ordered(pals, visit_as, alma, at_alm["role"])
    assert [words for words in IN_EXTRACTS if words in content] == []
    assert (rows(content, "support_note"), rows(content, "support_casefile")) == (0, 0)
    assert "En annan huvudman lämnar själv ut det den har." in content
