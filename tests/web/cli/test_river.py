"""From files to a list of signals, as an operator does it: records in, signals out, twice, and in the night."""

import csv
import shutil
from pathlib import Path

import pytest

from pluginnovation.web.config.postgres import OWNER, running
from pluginnovation.web.config.postgres.passwords import SUPERUSER, read_password
from tests.web.cli.commands import own_home
from tests.web.config.servers import speak

DAY = "2026-04-23"
SOURCE = "made-up"
KEYS = {
    "pupil",
    "school",
    "signal",
    "value",
    "unit",
    "level",
    "raised",
    "numerator",
    "denominator",
    "reason",
    "last_true",
}


@pytest.fixture(scope="module")
def home():
    # The server stays up, as it does beside `plug up`: each command finds it instead of starting one.
    with own_home() as own, running(own.folder):
        yield own


@pytest.fixture(scope="module")
def region(home, tmp_path_factory) -> Path:
    """A small made-up region, written by the command."""
    folder = tmp_path_factory.mktemp("region") / "files"
    said = home.plug("simulate", str(folder), "--pupils", "200", "--municipalities", "2", "--json")
    assert said.code == 0, said.err
    assert said.document["simulated"] is True
    assert (folder / "truth").is_dir()
    return folder


@pytest.fixture(scope="module")
def imported(home, region):
    """What the first import said."""
    dry = home.plug("records", "import", str(region), "--source", SOURCE, "--dry-run", "--json")
    assert (dry.code, dry.document["status"]) == (0, "dry_run"), dry.err
    assert home.plug("records", "status", "--json").document["tables"] == []
    said = home.plug("records", "import", str(region), "--source", SOURCE, "--json")
    assert said.code == 0, said.err
    return said.document


@pytest.fixture(scope="module")
def computed(home, imported):
    """What the first run said."""
    said = home.plug("signals", "run", "--as-of", DAY, "--json")
    assert said.code == 0, said.err
    return said.document


@pytest.fixture(scope="module")
def listed(home, computed):
    """Every result of the day."""
    return home.plug("signals", "list", "--as-of", DAY, "--json").document


def test_an_import_says_what_it_did_resource_by_resource(imported, region):
    rows = (region / "lessons.csv").read_bytes().count(b"\n") - 1
    lessons = imported["resources"]["lessons"]
    assert imported["status"] == "done"
    assert imported["simulated"] is True
    assert lessons["read"] == rows
    assert lessons["new"] > 0.9 * rows


def test_the_same_source_again_changes_nothing_and_says_so(home, imported, region):
    said = home.plug("records", "import", str(region), "--source", SOURCE, "--json")
    assert (said.code, said.document["status"]) == (0, "unchanged")


def test_status_gives_rows_days_imports_quarantined_and_held_per_source_and_table(home, imported):
    tables = {row["table"]: row for row in home.plug("records", "status", "--json").document["tables"]}
    lessons = tables["lessons"]
    assert lessons["source"] == SOURCE
    assert lessons["rows"] == imported["resources"]["lessons"]["new"]
    assert (lessons["imports"], lessons["quarantined"], lessons["held"]) == (1, 0, 0)
    assert lessons["first_date"] < DAY < lessons["last_date"]


def test_a_day_that_was_never_run_ends_with_3_and_names_the_command_to_run(home, imported):
    said = home.plug("signals", "list", "--as-of", "2026-02-02", "--json")
    assert said.code == 3
    assert "plug signals run --as-of 2026-02-02" in said.document["error"]["todo"]


def test_a_run_says_how_much_it_found(computed):
    assert (computed["as_of"], computed["engine"], computed["sources"]) == (DAY, "duckdb", [SOURCE])
    assert computed["rows"] > computed["raised"] > 0
    assert computed["shown"] is True


def test_the_list_is_the_document_that_is_promised(listed, computed):
    assert (listed["as_of"], listed["rule_set"], listed["engine"]) == (DAY, 1, "duckdb")
    assert len(listed["signals"]) == computed["rows"]
    assert all(set(row) == KEYS and set(row["reason"]) == {"sv", "en"} for row in listed["signals"])


def test_unknown_is_null_and_a_denominator_stands_only_beside_a_share(listed):
    for row in listed["signals"]:
        if row["value"] is None:
            assert row["level"] is None
            assert row["raised"] is None
        if row["unit"] not in {"share", "percent"}:
            assert row["numerator"] is None
            assert row["denominator"] is None


def test_the_list_can_be_narrowed(home, listed):
    narrowed = home.plug("signals", "list", "--raised", "--signal", "absence_28d", "--json").document["signals"]
    wanted = [row for row in listed["signals"] if row["signal"] == "absence_28d" and row["raised"]]
    assert narrowed == wanted
    school = wanted[0]["school"]
    there = home.plug("signals", "list", "--school", school, "--json").document["signals"]
    assert there == [row for row in listed["signals"] if row["school"] == school]


def test_a_school_is_found_by_its_unit_code_too(home, listed, region):
    with (region / "organisations.csv").open(encoding="utf-8") as file:
        unit = {row["id"]: row["school_unit_code"] for row in csv.DictReader(file) if row["school_unit_code"]}
    school = next(row["school"] for row in listed["signals"] if row["school"] in unit)
    by_code = home.plug("signals", "list", "--school", unit[school], "--signal", "absence_28d", "--json")
    by_id = home.plug("signals", "list", "--school", school, "--signal", "absence_28d", "--json")
    assert by_code.document == by_id.document
    assert by_id.document["signals"]


def test_a_school_that_is_not_there_ends_with_3(home, computed):
    assert home.plug("signals", "list", "--school", "nowhere").code == 3


def test_groups_say_how_many_are_known_and_how_many_reach_each_level(home, computed):
    groups = home.plug("signals", "list", "--groups", "--json").document["groups"]
    assert {"class", "school", "year"} <= {row["kind"] for row in groups}
    for row in groups:
        assert row["n"] >= row["known"] >= row["level_1"] >= row["level_2"] >= row["level_3"] >= 0
        assert (row["share_1"] is None) == (2 * row["known"] < row["n"] or row["known"] == 0)


def test_people_read_the_same_in_plain_lines(home, computed):
    said = home.plug("signals", "list", "--raised", "--signal", "absence_28d", PLUG_LANGUAGE="sv")
    assert "Borta" in said.out
    assert "kända" in home.plug("signals", "list", "--groups", PLUG_LANGUAGE="sv").out


def test_codes_are_told_for_known_ids_and_the_visit_is_written(home, imported, listed, region):
    with (region / "enrolments.csv").open(encoding="utf-8") as file:
        ids = sorted({row["person_id"] for row in csv.DictReader(file)})
    codes = home.plug("records", "code", *ids, "no-such-id", "--json").document["codes"]
    assert codes.pop("no-such-id") is None
    assert {row["pupil"] for row in listed["signals"]} <= set(codes.values())
    with running(home.folder) as places, speak(places, OWNER) as database:
        visits = database.execute("SELECT count(DISTINCT pupil) FROM people_visit WHERE role = 'operator'").fetchone()
    assert visits == (len({code for code in codes.values() if code}),)


def with_a_stranger(region: Path, folder: Path) -> Path:
    """Lessons of which the one on line 201 is of nobody known, and the one on line 202 is new."""
    lines = (region / "lessons.csv").read_text(encoding="utf-8").splitlines()[:200]
    head, first = lines[0].split(","), lines[1].split(",")
    early = ["05:55" if name == "start_time" else cell for name, cell in zip(head, first, strict=True)]
    lines += [lines[1].replace(first[0], "Kanariefagel"), ",".join(early)]
    (folder / "lessons.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_what_is_turned_away_is_told_by_file_line_and_rule_and_never_by_value(home, imported, region, tmp_path):
    bad = with_a_stranger(region, tmp_path)
    said = home.plug("records", "import", str(bad), "--source", SOURCE, "--strict", "--json")
    assert said.code == 3
    assert "Kanariefagel" not in said.out + said.err
    dry = home.plug("records", "import", str(bad), "--source", SOURCE, "--dry-run", "--json")
    assert dry.code == 0
    assert sum(dry.document["resources"]["lessons"]["quarantined"].values()) == 1
    assert home.plug("records", "quarantine", "--json").document["quarantined"] == []


def test_what_is_known_later_does_not_change_what_was_known_then(home, computed):
    said = home.plug("signals", "run", "--as-of", DAY, "--known-at", "2020-01-01T06:00", "--json")
    assert said.code == 3


def test_the_night_computes_the_newest_day_and_may_be_run_again(home, computed):
    first = home.plug("nightly", "--json")
    assert first.code == 0, first.err
    again = home.plug("nightly", "--json")
    assert first.document["as_of"] == again.document["as_of"] > DAY
    assert first.document["rows"] == again.document["rows"] > 0


def test_the_doctor_finds_it_well_also_with_a_key_that_is_for_everybody(home, computed):
    public = home.folder / "keys" / "hub-catalogue.pub"
    public.write_text("for everybody")
    public.chmod(0o644)
    try:
        said = home.plug("doctor", "--json")
    finally:
        public.unlink()
    assert said.code == 0, said.out
    assert said.document["well"] is True
    assert {"home", "disk", "keys", "database", "store", "imports"} <= {f["check"] for f in said.document["findings"]}


def test_the_doctor_names_a_key_that_others_can_read_and_a_file_that_is_lost(home, computed, tmp_path):
    key = home.folder / "keys" / "identity.key"
    key.chmod(0o644)
    lost = next((home.folder / "facts" / "grades").rglob("*.parquet"))
    away = shutil.move(lost, tmp_path / "away")
    try:
        said = home.plug("doctor", "--json")
    finally:
        key.chmod(0o600)
        shutil.move(away, lost)
    wrong = {f["check"]: f for f in said.document["findings"] if f["state"] == "wrong"}
    assert said.code == 4
    assert set(wrong) == {"key_modes", "store"}
    assert "chmod 600" in wrong["key_modes"]["todo"]
    assert "grades" in wrong["store"]["said"]


def test_the_doctor_asks_for_a_first_start_where_there_is_no_home():
    with own_home() as own:
        said = own.plug("doctor", "--json")
        assert said.code == 4
        assert "plug up" in said.document["findings"][0]["todo"]
        assert not own.folder.exists()


def test_database_url_takes_the_place_of_the_homes_own_server(home, computed, tmp_path):
    header = "id,display_name,organisation_type,parent_id,school_unit_code,municipality_code,school_types"
    (tmp_path / "organisations.csv").write_text(f"{header}\nh1,Birch town,Huvudman,,,1480,\n", encoding="utf-8")
    with running(home.folder) as places, own_home() as other:
        with speak(places, SUPERUSER) as server:
            server.execute(f"CREATE DATABASE elsewhere OWNER {OWNER}")
        password = read_password(places.keys, OWNER)
        url = {"DATABASE_URL": f"postgresql://{OWNER}:{password}@/elsewhere?host={places.sockets}"}
        said = other.plug("records", "import", str(tmp_path), "--json", PLUG_SECRET_KEY="x", **url)
        assert said.code == 0, said.err
        assert other.plug("doctor", "--json", PLUG_SECRET_KEY="x", **url).document["well"]
        assert not (other.folder / "postgres.json").exists()
        assert {path.name for path in (other.folder / "keys").iterdir()} == {"pseudonym.key"}


def test_a_store_that_was_moved_away_ends_with_4(home, computed, tmp_path):
    away = shutil.move(home.folder / "facts", tmp_path / "facts")
    try:
        said = home.plug("records", "status", "--json")
    finally:
        shutil.move(away, home.folder / "facts")
    assert (said.code, said.document["error"]["code"]) == (4, "store_missing")


def test_what_shrank_too_much_waits_until_a_person_throws_it_away_or_lets_it_count(home, computed, region, tmp_path):
    lines = (region / "enrolments.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "enrolments.csv").write_text("\n".join(lines[: len(lines) // 2]) + "\n", encoding="utf-8")
    first = home.plug("records", "import", str(tmp_path), "--source", SOURCE, "--json").document
    assert first["status"] == "held"
    held = home.plug("records", "status", "--json").document["held"]
    assert [one["import"] for one in held] == [first["import"]]
    assert home.plug("records", "discard", str(first["import"]), "--json").document["status"] == "discarded"
    assert home.plug("records", "discard", str(first["import"])).code == 3
    again = home.plug("records", "import", str(tmp_path), "--source", SOURCE, "--json").document
    released = home.plug("records", "release", str(again["import"]), "--json").document
    assert released["status"] == "done"
    assert released["resources"]["enrolments"]["ended"] > 0
    assert home.plug("records", "status", "--json").document["held"] == []
    number, ended = str(again["import"]), released["resources"]["enrolments"]["ended"]
    assert home.plug("records", "undo", number).code == 2
    tried = home.plug("records", "undo", number, "--dry-run", "--json").document
    assert (tried["status"], tried["undone"]["enrolments"]["restored"]) == ("dry_run", ended)
    undone = home.plug("records", "undo", number, "--because", "half an export", "--json").document
    assert (undone["status"], undone["undone"]) == ("undone", tried["undone"])
    assert home.plug("records", "undo", number, "--because", "again").code == 3


def test_a_row_in_quarantine_is_told_with_its_column_and_its_rule_in_words(home, imported, region, tmp_path):
    home.plug("records", "import", str(with_a_stranger(region, tmp_path)), "--source", SOURCE)
    (row,) = home.plug("records", "quarantine", "--json").document["quarantined"]
    assert (row["file"], row["line"], row["column"]) == ("lessons.csv", 201, "student_id")
    said = home.plug("records", "quarantine").out
    assert "lessons.csv, line 201, student_id: The person isn't among the persons. (unknown_person, text)" in said
    assert "Kanariefagel" not in said
