"""The demo region of a first start: made once, completed when it was interrupted, left out beside real records."""

import signal
import time

import pytest

from tests.web.cli.commands import end, free_port, own_home, serves

SMALL = ("--pupils", "150")


def up_until(home, sign: str) -> None:
    """Start, and kill everything the moment a line says so."""
    port = free_port()
    process = home.start("up", *SMALL, PORT=str(port))
    for line in process.stderr:
        if sign in line:
            break
    time.sleep(0.5)
    end(process, signal.SIGTERM)


@pytest.mark.slow
def test_a_first_start_that_was_interrupted_at_every_step_is_completed_by_the_next():
    with own_home() as home:
        for sign in ("Making up a region", "Reading it in", "Computing signals"):
            up_until(home, sign)
            assert not (home.folder / "demo" / "done").exists()
        port = free_port()
        process = home.start("up", *SMALL, PORT=str(port))
        serves(process, port)
        whole, until = home.folder / "demo" / "done", time.monotonic() + 120
        while not whole.exists() and time.monotonic() < until:
            time.sleep(0.2)
        assert end(process).code == 0
        assert whole.exists()
        assert home.plug("signals", "list", "--raised", "--json").document["signals"]
        tables = home.plug("records", "status", "--json").document["tables"]
        assert {row["imports"] for row in tables if row["table"] == "lessons"} == {1}


def test_a_home_with_other_records_gets_no_demo(tmp_path):
    header = "id,display_name,organisation_type,parent_id,school_unit_code,municipality_code,school_types"
    (tmp_path / "organisations.csv").write_text(f"{header}\nh1,Birch town,Huvudman,,,1480,\n")
    with own_home() as home:
        assert home.plug("records", "import", str(tmp_path), "--json").code == 0
        port = free_port()
        process = home.start("up", *SMALL, PORT=str(port))
        serves(process, port)
        said = end(process)
        assert "Making up" not in said.err
        assert not (home.folder / "demo").exists()
