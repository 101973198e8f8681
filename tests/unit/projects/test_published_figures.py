"""Published figures, read as Kolada's open API writes them (values invented)."""

import pytest

from pluginnovation.projects.published_figures import PublishedLine, Row, lines_of, read_published
from pluginnovation.records.refusals import Refusal


def one(kpi="N15428", place="1480", year=2025, value: object = 85.14, **more):
    told = {"gender": "T", "count": 1, "status": "", "value": value, "isdeleted": False} | more
    return {"kpi": kpi, "municipality": place, "period": year, "values": [told]}


def answer(*values, **more):
    return {"values": list(values), "count": len(values), "next_url": None, "previous_url": None} | more


def test_everybodys_value_is_read_in_tenths_and_the_rest_is_counted():
    girls = one()
    girls["values"].insert(0, {"gender": "K", "value": 90.0})
    read = read_published(answer(girls, one(place="0014", value=84.95), one(place="1402", value=None),
                                 one(place="1407", isdeleted=True), one(kpi="N00000")))  # fmt: skip
    assert read.rows == (
        Row("N15428", "1480", 2025, 851), Row("N15428", "0014", 2025, 850), Row("N15428", "1402", 2025, None),
        Row("N15428", "1407", 2025, None),
    )  # fmt: skip
    assert (read.skipped, read.taken_away) == (1, 1)


@pytest.mark.parametrize(
    "wrong",
    [[], {}, {"values": {}}, answer([]), answer({"kpi": "N15428"}), answer(one(year="2025")), answer(one(year=True)),
     answer(one(place="../1480")), answer(one(value="85")), answer(one(value=100.1)), answer(one(value=-1)),
     answer(one(value=float("nan"))), answer(one(value=float("inf"))), answer(one(kpi="N15507", value=401))],
)  # fmt: skip
def test_what_is_no_such_answer_is_refused(wrong):
    with pytest.raises(Refusal) as refused:
        read_published(wrong)
    assert refused.value.code == "published_not_readable"


def test_a_page_of_several_is_refused_so_that_nothing_is_missing_unseen():
    with pytest.raises(Refusal) as refused:
        read_published(answer(one(), next_url="https://api.kolada.se/v3/data?page=2"))
    assert refused.value.code == "published_not_whole"


def test_a_line_is_of_the_newest_year_that_the_municipality_has_and_others_stand_beside_for_that_year():
    rows = [
        Row("N15428", "1480", 2024, 851), Row("N15428", "0014", 2024, 840), Row("N15428", "0014", 2025, 845),
        Row("N15428", "1480", 2025, None), Row("N15428", "0000", 2024, 849), Row("N17461", "0014", 2023, 710),
        Row("N15428", "1402", 2024, 930),
    ]  # fmt: skip
    assert lines_of(rows, "1480") == (
        PublishedLine("N15428", 2024, 851, 840, 849), PublishedLine("N17461", 2023, None, 710, None),
    )  # fmt: skip
    group = [*rows, Row("N15428", "G128683", 2024, 861)]
    assert lines_of(group, "1480", "G128683")[0] == PublishedLine("N15428", 2024, 851, 861, 849, unweighted=True)
