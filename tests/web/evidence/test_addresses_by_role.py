"""Every address of what the help changed, and everyone who may ask for it. A new address without a line here fails."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from pluginnovation.web.evidence.models import Estimate, Spread, Together
from pluginnovation.web.people.actions import appoint
from tests.web.evidence.conftest import AT, Asked, drafted

# Åsa is mentor, Petra principal, Eva evaluates, Pia supports sub-projects, Rut leads the region, Adam administers,
# Charlie has no duty, and the last column isn't signed in. Plan 1 is locked and answered, plan 2 is Eva's draft.
WHO = ("asa", "petra", "eva", "pia", "rut", "adam", "charlie", "nobody")

TABLE = """
    GET  /effekt/                                   404 404 200 200 200 404 404 302
    GET  /effekt/ny/                                404 404 200 404 404 404 404 302
    POST /effekt/ny/                                404 404 422 404 404 404 404 302
    GET  /effekt/storlek/                           404 404 200 200 200 404 404 302
    POST /effekt/storlek/                           404 404 422 422 422 404 404 302
    GET  /effekt/storlek/<row:number>/              404 404 200 404 404 404 404 302
    GET  /effekt/sammanvagt/<slug:method>/<slug:outcome>/ 404 404 200 200 200 404 404 302
    GET  /effekt/<row:number>/                      404 404 200 200 200 404 404 302
    GET  /effekt/<row:draft>/                       404 404 200 404 404 404 404 302
    GET  /effekt/<row:draft>/upplagg/               404 404 200 404 404 404 404 302
    POST /effekt/<row:draft>/upplagg/               404 404 422 404 404 404 404 302
    GET  /effekt/<row:number>/upplagg/              404 404 404 404 404 404 404 302
    GET  /effekt/<row:draft>/las/                   404 404 200 404 404 404 404 302
    POST /effekt/<row:draft>/las/                   404 404 422 404 404 404 404 302
    POST /effekt/<row:number>/las/                  404 404 404 404 404 404 404 302
    POST /effekt/<row:draft>/kasta/                 404 404 302 404 404 404 404 302
    POST /effekt/<row:number>/kasta/                404 404 404 404 404 404 404 302
    POST /effekt/<row:number>/rakna/                404 404 302 404 404 404 404 302
    GET  /effekt/<row:number>/avsteg/               404 404 200 404 404 404 404 302
    POST /effekt/<row:number>/avsteg/               404 404 422 404 404 404 404 302
    GET  /effekt/<row:number>/lottning/             404 404 404 404 404 404 404 302
    POST /effekt/<row:number>/lottning/             404 404 404 404 404 404 404 302
    GET  /effekt/<row:number>/sank/                 404 404 200 404 404 404 404 302
    POST /effekt/<row:number>/sank/                 404 404 422 404 404 404 404 302
    POST /effekt/<row:number>/meddelande/           404 404 200 200 200 404 404 302
    GET  /effekt/<row:number>/fil/                  404 404 200 200 200 404 404 302
"""


def lines() -> dict[tuple[str, str], list[int]]:
    found = {}
    for line in TABLE.strip().splitlines():
        method, path, *statuses = line.split()
        found[(method, path)] = [int(status) for status in statuses]
    return found


def test_every_address_has_a_line():
    ours = {f"/{each.pattern}" for one in get_resolver().url_patterns if hasattr(one, "url_patterns")
            for each in one.url_patterns if str(each.pattern).startswith("effekt/")}  # fmt: skip
    assert ours == {path.replace("<row:draft>", "<row:number>") for _, path in lines()}


@pytest.fixture
def answered(asked: Asked) -> dict[str, str]:
    """Plan 1 with its answer, plan 2 as a draft, several together, and what Eva asked about sizes."""
    from tests.web.evidence.kept import GRADE, RESULT, TOGETHER

    row, draft = asked.locked(), drafted(asked.eva, name="second")
    Estimate.objects.create(
        plan=row, as_of="2025-11-02", result=RESULT, grade=GRADE, said_sv="Det minskar. Mer.", said_en="It falls.",
        not_enrolled=1, disposed=2, engine="1", by=None, at=AT,
    )  # fmt: skip
    Together.objects.create(method="study_coach", outcome="absence_share", at=AT, **TOGETHER)
    spread = Spread.objects.create(asked={"outcome": "absence_share", "years": []}, found=None, by=asked.eva, at=AT)
    appoint(login="pia", name="Pia Pil", role="process_leader", by=None, at=AT)
    return {"<row:number>": str(row.pk), "<row:draft>": str(draft.pk), "<slug:method>": "study_coach",
            "<slug:outcome>": "absence_share", "size": str(spread.pk)}  # fmt: skip


@pytest.mark.parametrize(("method", "path"), lines())
def test_everyone_gets_what_the_table_says(asked, answered, method, path):
    from pluginnovation.web.people.models import User

    address = path.replace("<row:number>", answered["size"]) if "storlek" in path else path
    for word, value in answered.items():
        address = address.replace(word, value)
    got = []
    for who in WHO:
        client = Client()
        if who != "nobody":
            client.force_login(User.objects.filter(login=who).first() or getattr(asked.pals, who))
        with transaction.atomic():
            got.append(getattr(client, method.lower())(address).status_code)
            transaction.set_rollback(True)
    assert got == lines()[(method, path)]
