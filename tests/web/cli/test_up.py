"""`plug up`: starts, serves, stops cleanly, and survives being killed."""

import json
import signal
import socket
import time

import pytest

from pluginnovation.web.config.postgres import places_of
from pluginnovation.web.config.postgres.postmaster import postmaster
from tests.web.cli.commands import end, family, free_port, own_home, page, serves


@pytest.fixture(scope="module")
def home():
    """A home that has been up once, without the demo region."""
    with own_home() as own:
        port = free_port()
        process = own.start("up", "--no-demo", PORT=str(port))
        serves(process, port)
        assert end(process).code == 0
        yield own


def database(home) -> int | None:
    return postmaster(places_of(home.folder).data)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_serves_until_told_to_stop_and_leaves_nothing_running(home, how):
    port = free_port()
    process = home.start("up", "--no-demo", PORT=str(port))
    serves(process, port)
    assert len(family(process.pid)) == 3
    assert database(home)
    said = end(process, how)
    assert said.code == 0, said.err
    assert not family(process.pid)
    assert database(home) is None
    assert page(port, "/halsa/") == 0


def test_a_second_start_makes_nothing_anew(home):
    # How long it takes is measured by `plug bench start`.
    port = free_port()
    process = home.start("up", "--no-demo", PORT=str(port))
    serves(process, port)
    said = [line.split("] ")[1] for line in end(process).err.splitlines()]
    assert said == [
        f"Starting in {home.folder}",
        f"Ready. Open http://127.0.0.1:{port}/  (stop with Ctrl+C)",
        "Stopped.",
    ]


def test_after_kill_9_its_workers_end_and_the_next_start_takes_over(home):
    port = free_port()
    process = home.start("up", "--no-demo", PORT=str(port))
    serves(process, port)
    before = database(home)
    end(process, signal.SIGKILL)
    for _ in range(100):
        if not family(process.pid):
            break
        time.sleep(0.1)
    assert not family(process.pid)
    again = home.start("up", "--no-demo", PORT=str(port))
    serves(again, port)
    assert database(home) == before
    assert end(again).code == 0
    assert database(home) is None


def test_a_command_beside_it_shares_its_database_and_leaves_it_running(home):
    port = free_port()
    process = home.start("up", "--no-demo", PORT=str(port))
    serves(process, port)
    before = database(home)
    assert home.plug("records", "status", "--json").document == {"tables": [], "held": []}
    assert database(home) == before
    assert page(port, "/halsa/") == 200
    end(process)


def test_json_says_where_it_serves_once_it_does(home):
    port = free_port()
    process = home.start("up", "--no-demo", "--json", PORT=str(port))
    document = json.loads(process.stdout.readline())
    assert document["address"] == f"http://127.0.0.1:{port}/"
    assert page(port, "/halsa/") == 200
    assert end(process).out == ""


def test_a_taken_port_is_said_before_anything_is_made():
    with own_home() as own, socket.create_server(("127.0.0.1", 0)) as taken:
        said = own.plug("up", "--no-demo", PORT=str(taken.getsockname()[1]))
        assert said.code == 4
        assert "choose another with PORT" in said.err
        assert not own.folder.exists()


@pytest.mark.parametrize("env", [{"PORT": "http"}, {"PLUG_HOST": "no.such.address"}, {"PORT": "70000"}])
def test_an_address_that_means_nothing_ends_with_4(env):
    with own_home() as own:
        assert own.plug("up", "--no-demo", **env).code == 4


def test_codes_are_not_written_in_the_access_log(home):
    port = free_port()
    process = home.start("up", "--no-demo", PORT=str(port), PLUG_ACCESS_LOG="1")
    serves(process, port)
    page(port, "/elev/k3f9abcdefghijkl/?sok=Mira")
    said = end(process)
    assert '"GET /elev/…' in said.out
    assert "k3f9" not in said.out + said.err
    assert "Mira" not in said.out + said.err


def test_pages_carry_the_headers_that_browsers_need(home):
    import urllib.request

    port = free_port()
    process = home.start("up", "--no-demo", PORT=str(port))
    serves(process, port)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/halsa/") as answer:
        headers = answer.headers
    end(process)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "python" not in headers.get("Server", "").lower()


def test_when_others_can_reach_it_it_says_that_the_demos_roles_are_off(home):
    port = free_port()
    process = home.start("up", "--no-demo", PORT=str(port), PLUG_HOST="0.0.0.0")
    serves(process, port)
    assert "the demo's roles are off" in end(process).err
