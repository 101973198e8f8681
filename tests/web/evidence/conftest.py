"""An evaluator, a plan with its list of who was drawn, and the records it is answered from."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from pluginnovation.evidence.plan import Plan
from pluginnovation.evidence.plan_files import checksum
from pluginnovation.web.evidence.actions import draft_plan, lock_plan
from pluginnovation.web.evidence.models import Assigned, StoredPlan
from pluginnovation.web.evidence.stored import plan_of
from pluginnovation.web.people.actions import appoint
from pluginnovation.web.people.models import User
from tests.pals import Pals
from tests.spec.drawn import SOURCE
from tests.web.helped_school import INDEX, PLAN, PUPILS, helped, put_in

AT = datetime(2026, 4, 23, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """Eva evaluates, and has drafted a plan whose list is handed in."""

    eva: User
    draft: StoredPlan
    pals: Pals

    def locked(self) -> StoredPlan:
        """The draft, locked by Eva."""
        return lock_plan(row=self.draft, seen=checksum(plan_of(self.draft)), by=self.eva, at=AT)


@pytest.fixture
def asked(pals: Pals) -> Asked:
    eva = appoint(login="eva", name="Eva Ek", role="evaluator", by=None, at=AT)
    return Asked(eva, drafted(eva), pals)


def drafted(by: User, **change: Any) -> StoredPlan:
    """A draft with who was drawn: every other of four hundred."""
    plan: Plan = replace(PLAN, **change)
    row = draft_plan(plan=plan, sub_project=None, by=by, at=AT)
    Assigned.objects.bulk_create(
        Assigned(plan=row, source=SOURCE, pupil=p, offered=helped(p), decided_on=INDEX) for p in PUPILS
    )
    return row


@pytest.fixture(scope="module")
def school() -> SimpleNamespace:
    return put_in()
