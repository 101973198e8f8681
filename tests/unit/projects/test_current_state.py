"""The current-state analysis: what may be told beside what, what is complete, and what the region learns."""

from datetime import date

import ibis
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.projects import analysis, figures, indicators, levels, logic_model, surveys
from pluginnovation.projects.levels import FEW, KNOWN, NONE, UNKNOWN, Part, Told
from tests.spec.drawn import frame_of, put


def minutes(n: int, away: int = 10, reported: int = 100, offered: int | None = None) -> Part:
    return Part(n, away * n, reported * n, reported=reported * n, offered=(offered or reported) * n)


def of_pupils(some: int, of: int) -> Part:
    return Part(of, some, of, of_pupils=True)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (minutes(9), Told(FEW)),
        (minutes(10), Told(KNOWN, 100, 10)),
        (minutes(30, reported=79, offered=100), Told(UNKNOWN)),
        (levels.EMPTY, Told(NONE)),
        (Part(12, 0, 0), Told(UNKNOWN)),
        (of_pupils(9, 100), Told(FEW)),
        (of_pupils(91, 100), Told(FEW)),
        (of_pupils(10, 100), Told(KNOWN, 100, 100, 10)),
    ],
)
def test_a_figure_is_told_hidden_or_unknown_and_says_which(part, told):
    assert levels.told(part) == told


def test_a_municipality_whose_figure_would_tell_a_hidden_schools_is_hidden_and_another_with_it():
    schools = {"a": minutes(9), "b": minutes(200), "c": minutes(40), "d": minutes(300)}
    found = levels.levels(schools, {"a": "1480", "b": "1480", "c": "1401", "d": "1402"})
    assert found.schools["b"].known
    assert found.schools["a"] == Told(FEW)
    assert found.municipalities == {"1480": Told(FEW), "1401": Told(FEW), "1402": levels.told(minutes(300))}
    assert found.region.known


PLACES = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=2),
    st.tuples(st.integers(0, 40), st.sampled_from(("", "1", "2", "3"))),
    max_size=12,
)


@given(PLACES)
def test_no_number_of_pupils_below_ten_comes_out_by_subtraction(places):
    parts = {code: minutes(n) for code, (n, _) in places.items()}
    at = {code: place for code, (_, place) in places.items()}
    found = levels.levels(parts, at)
    shown = {code: one.n for code, one in found.schools.items() if one.known}
    wholes = {place: one.n for place, one in found.municipalities.items() if one.known}
    for place, n in wholes.items():
        rest = n - sum(shown.get(code, 0) for code, one in at.items() if one == place)
        assert rest == 0 or rest >= 10
    if found.region.known:
        loose = sum(n for code, n in shown.items() if not at[code])
        rest = found.region.n - sum(wholes.values()) - loose
        assert rest == 0 or rest >= 10


@given(st.dictionaries(st.integers(1, 9), st.integers(0, 30), max_size=9))
def test_nor_does_a_year_of_a_school_whose_own_figure_is_shown(years):
    found = levels.within({year: minutes(n) for year, n in years.items()})
    rest = sum(years.values()) - sum(one.n for one in found.values() if one.known)
    assert rest == 0 or rest >= 10 or not any(one.known for one in found.values())


CLASSES = st.dictionaries(
    st.text("abc", min_size=1, max_size=2), st.tuples(st.integers(0, 30), st.sampled_from((7, 8, 9))), max_size=9
)


@given(CLASSES)
def test_nor_does_a_class_when_its_year_is_shown_too(classes):
    of = {name: year for name, (_, year) in classes.items()}
    found = levels.within_each({name: minutes(n) for name, (n, _) in classes.items()}, of)
    for year in (7, 8, 9):
        here = [name for name in classes if of[name] == year]
        whole, shown = sum(classes[name][0] for name in here), [found[name].n for name in here if found[name].known]
        rest = whole - sum(shown)
        assert rest == 0 or rest >= 10 or not shown


def test_the_last_terms_are_named_oldest_first():
    terms = [term.name for term in indicators.last_terms(date(2026, 6, 12), 3)]
    assert terms == ["2025VT", "2025HT", "2026VT"]


def sums_of(*rows: dict[str, object]):
    kinds = {"source": pl.String, "pupil": pl.String, "start_date": pl.Date, "end_date": pl.Date}
    minutes = dict.fromkeys(("offered", "reported", "attended", "other", "excused", "unexcused"), pl.Int64)
    return put("sums", pl.DataFrame(list(rows), schema=kinds | minutes))


def test_sums_count_in_terms_without_days_and_absence_that_was_not_given_is_unknown():
    march = {"source": "s", "pupil": "mira", "start_date": date(2026, 3, 1), "end_date": date(2026, 3, 31),
             "offered": 1000, "reported": 900, "excused": 90, "unexcused": 10}  # fmt: skip
    autumn = march | {"start_date": date(2025, 10, 1), "end_date": date(2025, 10, 31)}
    untold = autumn | {"pupil": "noor", "excused": None}
    days = put("days", pl.DataFrame([
        {"source": "s", "pupil": "mira", "date": date(2026, 1, 12), "offered": 100, "reported": 100, "excused": 0,
         "unexcused": 0}
    ]))  # fmt: skip
    at = put("enrolments", pl.DataFrame({
        "source": ["s", "s"], "pupil": ["mira", "noor"], "organisation": ["b", "b"], "school_type": ["GR", "GR"],
        "school_year": [9, 9], "start_date": [date(2024, 8, 1)] * 2, "end_date": [None, None],
    }, schema_overrides={"end_date": pl.Date}))  # fmt: skip
    told = indicators.pupil_terms(days, sums_of(march, autumn, untold), at, as_of=date(2026, 4, 23))
    rows = {(row["pupil"], row["term"]): row for row in frame_of(told).to_dicts()}
    assert rows["mira", "2026VT"]["reported"] == 100
    assert (rows["mira", "2025HT"]["reported"], rows["mira", "2025HT"]["away"]) == (900, 100)
    assert (rows["noor", "2025HT"]["reported"], rows["noor", "2025HT"]["offered"]) == (0, 1000)
    assert rows["mira", "2025HT"]["reported_0"] == 0


def test_the_year_is_the_one_that_the_pupil_was_in_then():
    at = put("then", pl.DataFrame({"school_year": [9, 9], "end_date": [None, date(2025, 6, 13)]}))
    told = at.select(year=indicators.year_then(at, as_of=date(2026, 6, 12), on=ibis.date(2024, 10, 1)))
    assert sorted(frame_of(told)["year"].to_list()) == [8, 9]


def test_a_pupils_days_are_counted_by_term_school_and_weekday():
    days = put("days", pl.DataFrame([
        {"source": "s", "pupil": "mira", "date": day, "offered": 100, "reported": 100, "excused": 10, "unexcused": away}
        for day, away in ((date(2026, 1, 12), 40), (date(2026, 1, 13), 0), (date(2025, 10, 6), 90))
    ]))  # fmt: skip
    at = put("enrolments", pl.DataFrame({
        "source": ["s"], "pupil": ["mira"], "organisation": ["bjork"], "school_type": ["GR"], "school_year": [9],
        "start_date": [date(2026, 1, 1)], "end_date": [None],
    }, schema_overrides={"end_date": pl.Date}))  # fmt: skip
    told = indicators.pupil_terms(days, sums_of(), at, as_of=date(2026, 4, 23))
    (row,) = frame_of(told).to_dicts()
    assert (row["term"], row["reported"], row["away"], row["unexcused"]) == ("2026VT", 200, 60, 40)
    assert (row["reported_0"], row["away_0"], row["away_1"]) == (100, 50, 10)
    (counted,) = frame_of(indicators.term_counts(told, ("source", "school"))).to_dicts()
    assert (counted["pupils"], counted["known"], counted["high"]) == (1, 1, 1)


def document(**over: object) -> analysis.Document:
    series = figures.Series((Told(KNOWN, 98, 210),), (Told(FEW),), (Told(KNOWN, 81, 4000),), {7: (Told(UNKNOWN),)})
    told = figures.Figures("2026-06-12", ("2026VT",), {"7-9": {"absence": series}})
    return analysis.Document(told, **over)  # type: ignore[arg-type]


def test_an_analysis_is_the_same_after_it_was_stored():
    model = logic_model.LogicModel(
        "Måndagarna", (logic_model.Cause("Bussen", "sure"),), (logic_model.ModelGoal("Färre borta", 1),),
        (logic_model.ModelMeasure("Senare start", 1),),
    )  # fmt: skip
    whole = document(
        routines={"weekly": "missing"}, factors={"tracking": analysis.Factor("weak", "Ingen ringer")},
        obstacles=("journey",), words="Första passet", model=model,
    )  # fmt: skip
    assert analysis.unpacked(analysis.packed(whole)) == whole
    assert analysis.wrong_document(whole) == ""


def test_what_is_worse_than_the_region_a_weak_factor_and_a_missing_routine_are_needs():
    told = analysis.needs_of(
        document(routines={"weekly": "missing", "home": "in_place"}, factors={"tracking": analysis.Factor("weak")})
    )
    assert told.found["pattern"] == {"absence"}
    assert told.found["factor"] == {"tracking"}
    assert told.found["routine"] == {"weekly"}
    assert told.asked["routine"] == {"weekly", "home"}
    assert not told.asked["obstacle"]


def test_a_routine_nobody_answered_leaves_the_analysis_incomplete():
    answered = dict.fromkeys(analysis.ROUTINES, "in_place")
    assert analysis.done(document(routines=answered)).parts["routines"]
    answered.popitem()
    found = analysis.done(document(routines=answered))
    assert not found.parts["routines"]
    assert (found.filled, found.asked) == (1, 1)


@pytest.mark.parametrize(
    ("over", "wrong"),
    [
        ({"routines": {"weekly": "perhaps"}}, "routine"),
        ({"factors": {"luck": analysis.Factor("weak")}}, "factor"),
        ({"obstacles": ("diagnosis",)}, "obstacle"),
        ({"words": "a" * 1501}, "too_long"),
        ({"model": logic_model.LogicModel(causes=(logic_model.Cause("x"),) * 7)}, "too_many"),
        ({"model": logic_model.LogicModel(causes=(logic_model.Cause("x", "perhaps"),))}, "how_sure"),
    ],
)
def test_a_document_that_cannot_be_stored_is_told_why(over, wrong):
    assert analysis.wrong_document(document(**over)) == wrong


def test_the_chain_says_where_it_breaks_and_still_prints_every_line():
    model = logic_model.LogicModel(
        "p", (logic_model.Cause("a"), logic_model.Cause("b")),
        (logic_model.ModelGoal("g", 1), logic_model.ModelGoal("h")),
        (logic_model.ModelMeasure("m", 1), logic_model.ModelMeasure("n", 9)),
    )  # fmt: skip
    assert [(one.what, one.place) for one in logic_model.gaps(model)] == [
        ("cause_without_goal", 2), ("goal_without_cause", 2), ("goal_without_measure", 2), ("measure_without_goal", 2),
    ]  # fmt: skip
    lines = logic_model.rows(model)
    assert {one.goal.text for one in lines if one.goal} == {"g", "h"}
    assert {each.text for one in lines for each in one.measures} == {"m", "n"}


@pytest.mark.parametrize(
    ("sheets", "is_open", "may"), [(30, True, "open"), (9, False, "too_few"), (10, False, "closed")]
)
def test_a_survey_is_read_when_it_is_closed_and_ten_have_answered(sheets, is_open, may):
    assert surveys.may_be_read(sheets, is_open=is_open, fewest=3) == may


def test_answers_to_what_was_not_asked_are_dropped_and_the_rest_are_counted():
    asked = surveys.READY["pupils"][:2]
    sheet = surveys.right_answers({"met": "fully", "missed": "perhaps", "name": "Mira"}, asked)
    assert sheet == {"met": "fully"}
    (met, missed) = surveys.counted([sheet] * 12, asked)
    assert (met.fully, met.of, met.told, missed.of, missed.told) == (12, 12, True, 0, False)
