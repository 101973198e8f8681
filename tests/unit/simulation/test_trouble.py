"""Planted trouble comes in through the ordinary import, which finds every row of it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from pluginnovation.privacy.pseudonyms import pseudonymiser
from pluginnovation.records.asked import Asked
from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.importing import import_source
from pluginnovation.records.refusals import Refusal
from pluginnovation.records.rules import RULES
from pluginnovation.records.store import Store
from pluginnovation.records.tables import TABLES
from pluginnovation.simulation import SOURCE, Truth, Wanted, write_region
from pluginnovation.simulation.trouble import KINDS
from tests.unit.simulation.test_files import fingerprints

AT = datetime(2026, 6, 13, 4, tzinfo=UTC)
WANTED = Wanted((260, 140), seed=6, json=True)
MINUTES = ["offered", "attended", "other", "excused", "unexcused", "late"]


@dataclass
class Region:
    """A folder with every trouble in it, where it was read in, and what was planted."""

    folder: Path
    home: Path
    truth: Truth

    @property
    def planted(self) -> pl.DataFrame:
        return pl.read_csv(self.folder / "truth" / "trouble.csv")

    def expected(self, *words: str) -> pl.DataFrame:
        return self.planted.filter(pl.col("expected").is_in(words))

    def read(self, below: str = "", *, days: int = 0, source: str = SOURCE, profile: str = "csv"):
        """Import the region, or a delivery beside it; the summary and what was turned away."""
        ledger = FileLedger(self.home / "ledger.json")
        with Store.open(self.home, ledger) as store:
            asked = Asked(by="test", at=AT + timedelta(days=days), source=source, profile=profile)
            summary = import_source(store, self.folder / below, asked)
            return summary, ledger.quarantine(summary.import_id)

    def facts(self, table: str, source: str = SOURCE) -> pl.DataFrame:
        with Store.open(self.home, FileLedger(self.home / "ledger.json")) as store:
            facts = getattr(store.facts(), table)
            return store.frame(facts.filter(facts.source == source).select(TABLES[table].names))

    def code(self, person: str, source: str = SOURCE) -> str:
        return pseudonymiser(self.home).code(source, person)


@pytest.fixture(scope="module")
def region(tmp_path_factory) -> Region:
    folder = tmp_path_factory.mktemp("trouble") / "region"
    truth = write_region(folder, replace(WANTED, trouble=tuple(KINDS)))
    return Region(folder, tmp_path_factory.mktemp("home"), truth)


@pytest.fixture(scope="module")
def imported(region):
    """The region read in, once for the whole file."""
    return region.read()


def counted(summary, name, word):
    return getattr(next(one for one in summary.resources if one.name == name), word)


def test_every_rule_is_broken_somewhere(region):
    assert set(region.expected(*RULES)["expected"]) == set(RULES)


def test_every_bad_row_is_turned_away_by_its_own_rule_and_no_other_row_is(region, imported):
    _, quarantine = imported
    found = set(quarantine.select("file", "line", "rule").rows())
    planted = set(region.expected(*RULES).filter(trouble="rows").select("file", "line", "expected").rows())
    assert found == planted
    assert len(found) > 30


def test_every_bad_object_is_turned_away_by_its_own_rule(region):
    summary, quarantine = region.read("ss12000", source="standard")
    assert summary.status == "done"
    planted = region.planted.filter(trouble="objects")
    found = quarantine.select(pl.format("ss12000/{}", "file"), "line", "rule").rows()
    assert sorted(found) == sorted(planted.select("file", "line", "expected").rows())
    assert len(found) == 5


def test_rows_that_came_twice_are_counted_as_superseded_and_the_later_one_counts(region, imported):
    summary, _ = imported
    for name in ("lessons", "memberships"):
        assert counted(summary, name, "superseded") == len(region.expected("superseded").filter(file=f"{name}.csv")) > 0
    line = region.expected("superseded").filter(file="lessons.csv")["line"][0]
    said = (region.folder / "lessons.csv").read_text(encoding="utf-8").splitlines()[line - 1].split(",")
    hour, minute = (int(part) for part in said[3].split(":"))
    facts = region.facts("lessons").filter(
        pupil=region.code(said[0]),
        activity=said[1],
        date=datetime.fromisoformat(said[2]).date(),
        start_minute=60 * hour + minute,
    )
    assert facts["attended"].to_list() == [int(said[4])]


def test_lessons_at_another_unit_are_stored(region, imported):
    moved = region.planted.filter(trouble="moved")
    lines = (region.folder / "lessons.csv").read_text(encoding="utf-8").splitlines()
    said = [lines[number - 1].split(",") for number in moved["line"]]
    facts = region.facts("lessons").filter(start_minute=17 * 60 + 10)
    assert set(facts.select("pupil", "activity").rows()) == {(region.code(one[0]), one[1]) for one in said}
    assert len(said) > 5


def test_a_formula_is_stored_as_text(region, imported):
    assert "=HYPERLINK" in "".join(region.facts("groups")["display_name"].to_list())


def test_a_late_correction_changes_the_planted_rows_and_no_others(region, imported):
    summary, quarantine = region.read("corrections", days=1)
    planted = region.planted.filter(trouble="corrections")["expected"].value_counts()
    expected = dict(planted.rows())

    assert summary.status == "done"
    assert quarantine.is_empty()
    assert counted(summary, "lessons", "changed") == expected["changed"] > 20
    assert counted(summary, "lessons", "unchanged") == expected["unchanged"]


def test_a_source_with_lessons_only_is_read_in(region):
    summary, quarantine = region.read("partial", source="del")

    assert summary.status == "done"
    assert quarantine.is_empty()
    assert counted(summary, "lessons", "new") == len(region.planted.filter(trouble="partial"))


def test_edlevos_files_give_the_same_minutes_of_the_same_lessons(region, imported):
    summary, quarantine = region.read("edlevo", source="edlevo", profile="edlevo")
    assert summary.status == "done"
    assert quarantine.is_empty()

    theirs = region.facts("lessons", "edlevo")
    pupils = {region.code(person, "edlevo"): person for person in region.truth.shares["person_id"]}
    theirs = theirs.with_columns(person=pl.col("pupil").replace_strict(pupils))
    ours = pl.read_csv(region.folder / "lessons.csv", schema_overrides={"start_time": pl.String}, ignore_errors=True,
                       truncate_ragged_lines=True, try_parse_dates=True)  # fmt: skip
    ours = ours.head(60_000).rename(
        {"student_id": "person", "activity_id": "activity"} | {f"{one}_minutes": f"our_{one}" for one in MINUTES}
    )
    ours = ours.with_columns(
        pl.col("date").cast(pl.String).str.to_date(strict=False),
        start_minute=pl.col("start_time").str.slice(0, 2).cast(pl.Int16) * 60
        + pl.col("start_time").str.slice(3, 2).cast(pl.Int16),
    )
    both = theirs.join(ours, on=["person", "activity", "date", "start_minute"])
    assert len(both) == len(theirs) > 1_000
    reported = both.filter(pl.col("is_reported"))
    assert (reported["late"] > 0).any()
    for name in ("offered", "excused", "unexcused", "late"):
        assert reported[name].cast(pl.Int64).to_list() == reported[f"our_{name}"].cast(pl.Int64).to_list()
    assert (both["is_reported"] == (both["is_reported_right"].cast(pl.String) == "true")).all()


def test_vklass_report_gives_the_sums_of_its_month(region):
    summary, quarantine = region.read("vklass", source="vklass", profile="vklass")
    assert summary.status == "done"
    assert quarantine.is_empty()

    sums = region.facts("attendance_sums", "vklass")
    assert len(sums) == len(region.planted.filter(trouble="vklass")) > 100
    assert set(sums.select("start_date", "end_date").rows()) == {
        (datetime(2025, 11, 1).date(), datetime(2025, 11, 30).date())
    }
    told = pl.read_csv(next((region.folder / "vklass").glob("*.csv")), separator=";")
    assert sums["unexcused"].sum() == told["F min"].sum() > 0
    assert sums["reported"].sum() == told["Undv. tid"].sum() - told["Ej reg tid"].sum()


def test_a_delivery_that_cannot_be_taken_is_refused_as_planted(region):
    planted = region.planted.filter(trouble="refused")
    assert len(planted) == 4
    for row in planted.iter_rows(named=True):
        with pytest.raises(Refusal) as refusal:
            region.read(str(Path(row["file"]).parent), source="vägrad")
        assert refusal.value.code == row["expected"]
        assert "groups.csv" in refusal.value.where


def test_without_trouble_nothing_is_planted_and_with_it_the_good_rows_are_the_same(region, tmp_path):
    write_region(tmp_path / "plain", WANTED)
    assert not (tmp_path / "plain" / "truth" / "trouble.csv").exists()
    for path in sorted((tmp_path / "plain").glob("*.csv")):
        assert (region.folder / path.name).read_bytes().startswith(path.read_bytes())


def test_the_same_trouble_gives_the_same_bytes(region, tmp_path):
    write_region(tmp_path / "again", replace(WANTED, trouble=tuple(reversed(KINDS))))
    assert fingerprints(tmp_path / "again") == fingerprints(region.folder)


def test_no_planted_row_is_about_somebody_protected(region):
    protected = set(region.truth.protected["person_id"])
    for name in ("corrections", "partial"):
        rows = pl.read_csv(region.folder / name / "lessons.csv", infer_schema=False)
        assert not protected & set(rows["student_id"])


@pytest.mark.parametrize("name", KINDS)
def test_the_smallest_region_can_have_any_trouble(tmp_path, name):
    write_region(tmp_path / "out", Wanted((5,), seed=1, json=True, trouble=(name,)))
    assert (tmp_path / "out" / "truth" / "trouble.csv").exists()


def test_an_unknown_trouble_is_refused_with_the_known_ones_and_nothing_is_written(tmp_path):
    with pytest.raises(Refusal) as refusal:
        write_region(tmp_path / "out", replace(WANTED, trouble=("rows", "gremlins")))

    assert (refusal.value.code, refusal.value.where) == ("simulation_trouble", "--trouble")
    assert "gremlins" in refusal.value.text("en")
    assert all(name in refusal.value.text("sv") for name in KINDS)
    assert list(tmp_path.iterdir()) == []


def test_bad_objects_without_json_to_put_them_in_are_refused(tmp_path):
    with pytest.raises(Refusal) as refusal:
        write_region(tmp_path / "out", Wanted((30,), seed=6, trouble=("objects",)))

    assert refusal.value.code == "simulation_trouble"
    assert "--ss12000" in refusal.value.text("en")
    assert list(tmp_path.iterdir()) == []
