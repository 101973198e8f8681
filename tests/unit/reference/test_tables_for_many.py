"""The rules are plain data: a table of many pupils reckoned from it gives what the functions give for each of them."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.reference.compulsory_grades import SubjectGrade
from pluginnovation.reference.compulsory_subjects import BLOCKS, WRITTEN
from pluginnovation.reference.eligibility import upper_secondary_eligibility
from pluginnovation.reference.entry_rules import ENTRY_RULES
from pluginnovation.reference.grade_scales import PASSES

CORE = ("SV", "EN", "MA")
SHORT = WRITTEN | {"SVA": "SV", "GRGRSVA": "SV", "GRGRSVA01": "SV"}
SCHEMA = {"pupil": pl.Int64, "subject": pl.String, "grade": pl.String}
grades = st.tuples(
    st.integers(1, 3),
    st.sampled_from(("SV", "GRGRSVA01", "EN", "MAT", "BI", "FY", "KE", "GE", "HI", "RE", "SH", "NO", "SO", "BL", "MU",
                     "SL", "TK", "M2", "ML", "GRGRIDR01")),
    st.sampled_from("ABCDEF-"),
)  # fmt: skip


def needed(rows: list[tuple[int, str, str]], rule) -> dict[int, int]:
    """Further passes per pupil, with joins and sums only."""
    blocks = pl.DataFrame([(block, each) for block, inside in BLOCKS.items() for each in inside],
                          schema=["subject", "inside"], orient="row")  # fmt: skip
    table = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    own = table.join(blocks, on="subject", how="anti").with_columns(pl.col("subject").replace(SHORT))
    spread = table.join(blocks, on="subject").select("pupil", pl.col("inside").alias("subject"), "grade")
    every = pl.concat([own, spread.join(own, on=["pupil", "subject"], how="anti")])
    passed = every.filter(pl.col("grade").is_in(list(PASSES))).select("pupil", "subject").unique()
    counted = table.select("pupil").unique().join(
        passed.group_by("pupil").agg(
            core=pl.col("subject").is_in(CORE).sum(),
            named=pl.col("subject").is_in(list(rule.named)).sum(),
            others=pl.col("subject").is_in(CORE).not_().sum(),
        ), on="pupil", how="left",
    ).with_columns(pl.col("core", "named", "others").fill_null(0).cast(pl.Int64))  # fmt: skip
    missing = len(rule.named) - pl.col("named")
    more = pl.max_horizontal(pl.lit(0, pl.Int64), rule.others - pl.col("others") - missing)
    return dict(counted.select("pupil", needed=len(CORE) - pl.col("core") + missing + more).iter_rows())


@given(st.lists(grades, max_size=40), st.sampled_from(ENTRY_RULES))
def test_further_passes_are_the_same_for_many_as_for_one(rows, rule):
    one_each = list({(pupil, subject): (pupil, subject, grade) for pupil, subject, grade in rows}.values())
    for pupil, number in needed(one_each, rule).items():
        own = [SubjectGrade(subject, grade) for code, subject, grade in one_each if code == pupil]
        assert upper_secondary_eligibility(own, rule).needed == number
