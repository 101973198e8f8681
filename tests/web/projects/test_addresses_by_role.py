"""Every address of what is tried together and everyone who may ask for it. A new address without a line here fails."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from pluginnovation.web.people.models import Duty, User
from tests.pals import SOURCE, TODAY, Pals
from tests.web.projects.addressed import AT, everything_once
from tests.web.projects.addressed_more import MORE, PARTS, more_once
from tests.web.projects.addressed_work import PARTS_OF_WORK, WORK, work_once

# Petra and Hanna lead and help at Björkskolan, Åsa is mentor there, Omar at another school, Kim looks for the
# municipality's youths, Lea leads sub-project 1, Pia supports all, Rut leads the region, Adam administers, Charlie has
# no duty, and the last column isn't signed in.
WHO = ("petra", "hanna", "asa", "omar", "kim", "lea", "pia", "rut", "adam", "charlie", "nobody")

TABLE = """
    GET  /program/                                          200 200 404 404 200 200 200 200 404 404 302
    GET  /program/nytt/                                     404 404 404 404 404 404 404 200 404 404 302
    POST /program/nytt/                                     404 404 404 404 404 404 404 422 404 404 302
    GET  /program/<slug:key>/                               200 200 404 404 200 200 200 200 404 404 302
    POST /program/<slug:key>/mal/                           404 404 404 404 404 404 404 422 404 404 302
    POST /program/<slug:key>/mal/<row:number>/slut/         404 404 404 404 404 404 404 302 404 404 302
    POST /program/<slug:key>/kommuner/                      404 404 404 404 404 404 404 422 404 404 302
    GET  /program/<slug:key>/kommuner/<row:number>/lamna/   404 404 404 404 404 404 404 200 404 404 302
    POST /program/<slug:key>/kommuner/<row:number>/lamna/   404 404 404 404 404 404 404 422 404 404 302
    GET  /utlysningar/                                      200 200 404 404 200 200 200 200 404 404 302
    GET  /utlysningar/ny/                                   404 404 404 404 404 404 404 200 404 404 302
    POST /utlysningar/ny/                                   404 404 404 404 404 404 404 422 404 404 302
    GET  /utlysningar/<row:number>/                         200 200 404 404 200 200 200 200 404 404 302
    POST /utlysningar/<row:number>/fraga/                   404 404 404 404 404 404 404 422 404 404 302
    POST /utlysningar/<row:number>/kriterium/               404 404 404 404 404 404 404 422 404 404 302
    POST /utlysningar/<row:number>/bort/<slug:kind>/<row:part>/ 404 404 404 404 404 404 404 422 404 404 302
    POST /utlysningar/<row:number>/publicera/               404 404 404 404 404 404 404 422 404 404 302
    GET  /utlysningar/<row:number>/ansok/                   200 200 404 404 200 200 404 404 404 404 302
    POST /utlysningar/<row:number>/ansok/                   422 422 404 404 422 422 404 404 404 404 302
    GET  /ansokningar/                                      200 200 404 404 200 200 200 200 404 404 302
    GET  /ansokningar/<row:number>/                         200 200 404 404 404 200 200 302 404 404 302
    GET  /ansokningar/<row:number>/svar/<row:question>/     200 200 404 404 404 200 404 404 404 404 302
    POST /ansokningar/<row:number>/svar/<row:question>/     422 422 404 404 404 422 404 404 404 404 302
    GET  /ansokningar/<row:number>/budget/                  200 200 404 404 404 200 404 404 404 404 302
    POST /ansokningar/<row:number>/budget/                  422 422 404 404 404 422 404 404 404 404 302
    GET  /ansokningar/<row:number>/skicka/                  200 200 404 404 404 200 404 404 404 404 302
    POST /ansokningar/<row:number>/skicka/                  409 409 404 404 404 409 404 404 404 404 302
    GET  /ansokningar/<row:number>/ta-tillbaka/             200 200 404 404 404 200 404 404 404 404 302
    POST /ansokningar/<row:number>/ta-tillbaka/             302 302 404 404 404 302 404 404 404 404 302
    GET  /ansokningar/<row:number>/villkor/                 404 404 404 404 404 404 200 200 404 404 302
    POST /ansokningar/<row:number>/villkor/                 404 404 404 404 404 404 422 422 404 404 302
    POST /ansokningar/<row:number>/granskare/               404 404 404 404 404 404 404 422 404 404 302
    POST /ansokningar/<row:number>/granskare/<row:review>/bort/ 404 404 404 404 404 404 404 302 404 404 302
    GET  /ansokningar/<row:number>/jav/                     404 404 404 404 404 404 404 200 404 404 302
    POST /ansokningar/<row:number>/jav/                     404 404 404 404 404 404 404 422 404 404 302
    GET  /ansokningar/<row:number>/granskning/              404 404 404 404 404 404 404 302 404 404 302
    POST /ansokningar/<row:number>/granskning/              404 404 404 404 404 404 404 302 404 404 302
    GET  /ansokningar/<row:number>/beslut/                  404 404 404 404 404 404 404 404 404 404 302
    POST /ansokningar/<row:number>/beslut/                  404 404 404 404 404 404 404 404 404 404 302
    GET  /ansokningar/<row:number>/beslut.pdf               404 404 404 404 404 404 404 404 404 404 302
    GET  /delprojekt/<row:number>/ekonomi/                  200 200 404 404 404 200 200 200 404 404 302
    POST /delprojekt/<row:number>/ekonomi/                  404 404 404 404 404 422 404 404 404 404 302
    POST /delprojekt/<row:number>/ekonomi/<row:entry>/tillbaka/ 404 404 404 404 404 302 404 404 404 404 302
    GET  /delprojekt/<row:number>/ledare/                   404 404 404 404 404 404 404 200 404 404 302
    POST /delprojekt/<row:number>/ledare/                   404 404 404 404 404 404 404 422 404 404 302
"""
VALUES = {"<slug:key>": "plug-innan", "<slug:kind>": "fraga"}


def lines() -> dict[tuple[str, str], list[int]]:
    """Method and address -> the status of each."""
    found = {}
    for line in (TABLE.strip() + MORE.rstrip() + WORK.rstrip()).splitlines():
        method, path, *statuses = line.split()
        found[(method, path)] = [int(status) for status in statuses]
    return found


def filled_in(path: str, pals: Pals) -> str:
    """The address with the first of each thing in it, and Mira."""
    for part, value in (PARTS | PARTS_OF_WORK | VALUES | {"<str:code>": pals.mira}).items():
        path = path.replace(part, value)
    return re.sub(r"<row:\w+>", "1", path)


@pytest.fixture
def world(pals: Pals) -> Pals:
    """The pals, a leader and a process leader, and one of everything."""
    for name, role in (("lea", "sub_project_leader"), ("pia", "process_leader")):
        pals.users[name] = User.objects.create(login=name, name=name.capitalize())
        leads = 1 if name == "lea" else None
        Duty.objects.create(user=pals.users[name], role=role, sub_project=leads, start_date=TODAY, source=SOURCE)
    everything_once(pals)
    more_once(pals, {"id": 1, "by": pals.rut, "at": AT})
    work_once(pals, {"id": 1, "by": pals.rut, "at": AT})
    return pals


def test_every_line_has_a_status_for_everyone():
    assert [line for line, statuses in lines().items() if len(statuses) != len(WHO)] == []


def test_everyone_gets_what_the_table_says(world):
    """In one test, since every address is asked in the same world, and what an answer changed is taken back."""
    wrong = []
    for (method, path), wanted in lines().items():
        got = []
        for who in WHO:
            with transaction.atomic():
                client = Client(raise_request_exception=True)
                if who != "nobody":
                    client.force_login(getattr(world, who))
                got.append(getattr(client, method.lower())(filled_in(path, world)).status_code)
                transaction.set_rollback(True)
        if got != wanted:
            wrong.append(f"{method:4} {path:51} {' '.join(map(str, got))}")
    assert not wrong, "\n    ".join(["", *wrong])


def test_every_address_of_the_app_has_a_line():
    own = {
        f"/{pattern.pattern}"
        for found in get_resolver().url_patterns
        for pattern in getattr(found, "url_patterns", ())
        if getattr(pattern, "callback", None) and pattern.callback.__module__.startswith("pluginnovation.web.projects.")
    }
    assert own == {path for _method, path in lines()}
