"""Another authority's twin of each role gets what its pal gets at home, and nothing of the pal's authority."""

import pytest
from django.test import Client

from tests.pals import PUPILS, Pals, code_of
from tests.twins import FAMILY, twins_move_in
from tests.web.test_urls_by_role import WHO, built, filled_in, lines, world

__all__ = ["built", "world"]

ROLES = ("asa", "omar", "tova", "petra", "hanna", "kim")
OF_A_PLACE = [line for line in lines() if "<str:code>" in line[1]]
LISTS = [path for method, path in lines() if method == "GET" and "<" not in path]
NOBODY = "0123456789abcdef"
# A search shows the words that were searched for, so there only the codes are asked about.
ASKED = {"": ("Åkesson", "Öberg", "Zetterlund"), "?format=csv": ("Åkesson", "Öberg", "Zetterlund"), "?q=%C3%85k": ()}


@pytest.fixture
def twin(world: Pals):
    """A signed-in client of each twin, by the pal's name."""
    clients = {}
    for name, user in twins_move_in().items():
        clients[name] = Client(raise_request_exception=True)
        clients[name].force_login(user)
    return clients


def test_what_belongs_to_one_authority_is_absent_to_the_others_roles(world: Pals, twin):
    assert len(OF_A_PLACE) >= 6
    for method, path in OF_A_PLACE:
        for name in ROLES:
            refused, absent = (
                getattr(twin[name], method.lower())(address)
                for address in (filled_in(path, world), filled_in(path.replace("<str:code>", NOBODY), world))
            )
            assert refused.status_code == 404, (name, path)
            assert refused.content == absent.content, (name, path)
            assert list(refused.headers.items()) == list(absent.headers.items()), (name, path)


def test_no_list_and_no_export_of_a_twin_has_anyone_of_the_other_authority(twin):
    assert len(LISTS) >= 10
    codes = [code_of(name) for name in PUPILS]
    for path in LISTS:
        for name in ROLES:
            for asked, names in ASKED.items():
                answer = twin[name].get(path + asked)
                assert answer.status_code == lines()[("GET", path)][WHO.index(name)], (name, path)
                text = answer.content.decode()
                assert not [found for found in (*codes, *names) if found in text], (name, path + asked)


def test_a_twin_sees_its_own(twin):
    assert FAMILY in twin["petra"].get("/elever/").content.decode()
