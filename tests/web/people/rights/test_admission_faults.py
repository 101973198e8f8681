"""Each fault planted around admitted pupils is noticed: in the decision, and in the database's own fence."""

import inspect

import pytest

from pluginnovation.privacy import admission
from tests.web.admitted import let_in
from tests.web.people.rights import faults_admissions as planted


def test_without_a_fault_the_rule_holds():
    assert planted.agreed()


@pytest.mark.parametrize(("says", "fault"), planted.RULES)
def test_a_fault_in_the_rule_is_noticed(monkeypatch, says, fault):
    source = inspect.getsource(admission)
    assert says in source
    names = vars(admission)
    faulty = dict(names)
    exec(compile(source.replace(says, fault), admission.__file__, "exec"), faulty)
    for name in (
        "admission_ground",
        "holds",
        "is_there",
        "may_admit",
        "may_end",
        "decides_here",
        "may_name",
        "may_add",
        "may_remove",
    ):
        monkeypatch.setattr(admission, name, faulty[name])
    assert not planted.agreed()


def test_without_a_fault_the_fence_holds(pals):
    assert planted.fence_holds(pals, let_in(pals, "asa"))


@pytest.mark.parametrize(("says", "fault"), planted.FENCE)
def test_a_fault_in_the_fence_is_noticed(pals, says, fault):
    assert any(says in text for text in planted.admitted_statements())
    row = let_in(pals, "asa")
    planted.put_in(says, fault)
    assert not planted.fence_holds(pals, row)
