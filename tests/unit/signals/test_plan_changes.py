"""A study plan that is changed in the middle of a term counts as it is from then on, and is told as it was before."""

from datetime import date, timedelta

from pluginnovation.signals.grade_run import grade_signals
from pluginnovation.signals.rules import RULE_SET_1
from pluginnovation.signals.scope import scope_of
from tests.unit.records.school import FIRST, Reader
from tests.unit.signals.test_still import NEWS, SCHOOL, opened

IN_MID_TERM = date(2026, 3, 3)


def behind(store, code, known_at=None):
    """The points behind, and those that were planned by now."""
    facts = store.facts(known_at)
    scope = scope_of(facts, as_of=IN_MID_TERM, rules=RULE_SET_1, keep=store.materialise)
    told = store.frame(store.materialise(grade_signals(facts, scope, keep=store.materialise), "told"))
    (row,) = told.filter(signal="points_behind", pupil=code).to_dicts()
    return row["value"], row["detail_1"]


def test_a_course_that_is_moved_counts_where_it_stands_now_and_is_known_as_it_was(tmp_path):
    with opened(tmp_path / "home") as store:
        reader = Reader(store, tmp_path / "source")
        reader.csv(SCHOOL, max_quarantine=0.0)
        ida = reader.code("ida")
        assert behind(store, ida) == (100, 100)

        reader.csv(SCHOOL | {"study_plans.csv": NEWS["study_plans.csv"]})
        assert behind(store, ida) == (150, 150)
        assert behind(store, ida, FIRST + timedelta(days=1, hours=1)) == (100, 100)
        assert len(reader.rows("study_plans")) == 2
