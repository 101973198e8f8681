"""Every act that the audit notes has a word in Swedish and English, in `web/protection/act_words.py`."""

import ast

from pluginnovation.web.protection.act_words import ACTS, JOBS
from pluginnovation.web.records.job_doings import DOINGS
from tests.house.tree import SRC, parsed


def recorded_acts() -> set[str]:
    """Every act that the code writes in the audit by a name that stands there."""
    found = set()
    for path in SRC.rglob("*.py"):
        for call in ast.walk(parsed(path)):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("recorded", "note") and call.args:
                said = call.args[0]
                each = (said.body, said.orelse) if isinstance(said, ast.IfExp) else (said,)
                found |= {one.value for one in each if isinstance(one, ast.Constant)}
    return found


def test_each_act_has_a_word_in_both_languages():
    acts = recorded_acts()
    assert len(acts) > 150 and acts - set(ACTS) == set()
    assert {"fetch", "try_disposal"} <= set(DOINGS) and set(DOINGS) - set(JOBS) == set()
    for words in (ACTS, JOBS):
        assert all(sv.strip() and en.strip() and sv != en for sv, en in words.values())
