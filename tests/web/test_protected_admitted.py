"""A canary whom a principal let in: to everyone but those named no address, export or search has changed by a byte."""

import re

import pytest
from django.core import mail

from pluginnovation.records.sink import IdentityChanges
from pluginnovation.web.people.sink import PeopleSink
from tests.pals import CANARY, SOURCE, Pals, persons
from tests.web.admitted import KAJ, arrive, decide, let_in
from tests.web.signals.conftest import ABSENCE, draw
from tests.web.test_protected import (
    ENDINGS,
    GETS,
    GROUP,
    LOG,
    TOKEN,
    addresses,
    client_of,
    searched,
    text_of,
    ties,
    with_support,
)
from tests.web.test_urls_by_role import WHO, watched_over

HERS = "/skyddade/<row:number>/"
# The principal who decided and the officer know of the decision. A look leaves its number, and the time goes on.
KNOW = ("petra", "dag")
MOVES = re.compile(r"\d\d[:.]\d\d(:\d\d)?|nummer \d+|number \d+|beslut-\d+")
# These ask the browser for something new each time.
NEW_EACH_TIME = ("/logga-in/nyckel/", "/inlasningar/ny/")


@pytest.fixture
def world(pals: Pals) -> Pals:
    """The pals, seen in every picture, and a case, a measure and a note of Mira's, so that every page has something."""
    draw([*ABSENCE])
    watched_over(pals)
    with_support(pals)
    return pals


def every_page(pals: Pals, who: str) -> dict[str, tuple[int, str]]:
    """Every address as one sees it, less tokens, clocks and numbers of visits."""
    client, found = client_of(pals, who), {}
    for path, address in addresses(pals, GROUP):
        answer = client.get(address)
        body = "" if path in NEW_EACH_TIME else answer.content.decode(errors="replace")
        found[path] = (answer.status_code, MOVES.sub("", TOKEN.sub("", body)))
    return found


@pytest.mark.parametrize("who", WHO)
def test_no_address_of_any_role_has_the_canary_but_the_one_page_of_those_named(world, who):
    row = let_in(world, "asa")
    client, seen_at = client_of(world, who), set()
    for path, given in addresses(world, GROUP):
        address = given.replace("/skyddade/1/", f"/skyddade/{row.pk}/")
        for ending in ENDINGS:
            answer = client.get(address + ending)
            text = text_of(answer)
            if CANARY in text:
                seen_at.add(path)
            assert path in LOG or path.startswith("/elev/") or KAJ not in text, address + ending
            if answer.status_code != 200:
                break
    assert seen_at == ({HERS} if who == "asa" else set())
    assert len(GETS) > 50
    assert mail.outbox == []


@pytest.mark.parametrize("who", [who for who in WHO if who not in KNOW])
def test_every_page_of_those_not_named_is_as_before_she_was_let_in(world, who):
    arrive_refused()
    before = every_page(world, who)
    let_in(world, "asa" if who != "asa" else "hanna")
    after = every_page(world, who)
    changed = {path for path in before if before[path] != after[path]}
    assert len(before) > 50
    assert changed == set()


def arrive_refused() -> None:
    """The import meets her, and refuses her as every protected pupil."""
    PeopleSink().take(IdentityChanges(SOURCE, protected=[KAJ]))


@pytest.mark.parametrize("who", ["asa", "petra", "kim", "dag", "adam"])
def test_no_search_finds_her_not_even_for_those_named(world, who):
    let_in(world, "asa", "petra")
    client = client_of(world, who)
    for path in ("/elever/", "/ungdomar/", "/besok/", "/besok/atgarder/", "/inlasningar/", "/skyddade/"):
        for field in ("q", "vem", "om", "elev"):
            asked, nobody = (searched(client, f"{path}?{field}=", word) for word in (CANARY, "Xyzzyqvist"))
            assert asked == nobody, (path, field)


def test_a_pupil_who_becomes_protected_and_is_let_in_anew_leaves_her_class(world):
    PeopleSink().take(IdentityChanges(SOURCE, persons("kaj"), None, ties()))
    draw([*ABSENCE, ("kaj", "bjork", 420, 1800, 1800)])
    asa = client_of(world, "asa")
    assert CANARY in text_of(asa.get("/elever/"))
    arrive()
    decide(world, "asa")
    arrive()
    for path in ("/elever/", f"/klass/{world.group(GROUP)}/", "/min-dag/", f"/elev/{KAJ}/"):
        assert CANARY not in text_of(asa.get(path)), path
    assert CANARY in text_of(asa.get(f"/skyddade/{decided()}/"))


def decided() -> int:
    """The number of the only decision."""
    from pluginnovation.web.people.models import Admission

    return Admission.objects.get().pk
