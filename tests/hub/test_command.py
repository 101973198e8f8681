"""`plug hub`, in processes of its own: prepared from nothing, served, given an editor, and stopped."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from pluginnovation.cli.up import is_made_up
from tests.house.tree import ROOT

PLUG = str(Path(sys.executable).with_name("plug"))
WITHIN = 180


def env(home: Path, **more: str) -> dict[str, str]:
    return {
        "PATH": os.defpath, "PYTHONPATH": str(ROOT / "src"), "PLUG_HOME": str(home), "PLUG_LANGUAGE": "en",
        "LANG": "C.UTF-8", **more,
    }  # fmt: skip


def plug(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    said = [PLUG, "hub", *words]
    return subprocess.run(said, env=env(home, **more), capture_output=True, text=True, check=False, timeout=WITHIN)


def answer_of(address: str) -> tuple[int, str]:
    until = time.monotonic() + WITHIN
    while True:
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with a hub and nothing else: no node's tables, keys or pages."""
    from pluginnovation.web.config.postgres import places_of
    from pluginnovation.web.config.postgres.server import stop

    folder = tmp_path_factory.mktemp("hub") / "home"
    yield folder
    stop(places_of(folder))


def test_a_hub_is_prepared_from_nothing_served_and_stopped(home):
    assert plug(home, "serve").returncode == 4  # not before it is prepared
    done = plug(home, "prepare", "--empty", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["prepared"]
    added = plug(home, "editors", "add", "ellen", "editor", "--name", "Ellen", "--json")
    link = json.loads(added.stdout)["address"]
    assert plug(home, "editors", "add", "ellen", "owner", "--name", "Ellen").returncode == 3
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([PLUG, "hub", "serve"], env=env(home, HUB_PORT=str(port)), stderr=subprocess.DEVNULL)
    try:
        status, page = answer_of(f"http://127.0.0.1:{port}/konto/login/")
        assert status == 200
        assert "/konto/demo/" not in page
        assert answer_of(f"http://127.0.0.1:{port}/halsa/")[1] == "ok\n"
        assert answer_of(link.replace(":8001", f":{port}"))[0] == 200
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
    assert server.returncode == 0
    assert not (home / "facts").exists()


def test_a_report_makes_a_draft_and_nonsense_none(home, tmp_path):
    wrong = tmp_path / "x.json"
    wrong.write_text("{")
    assert plug(home, "experience", str(wrong)).returncode == 3
    wrong.write_text('{"title": "x", "lead": "y", "effect": 3}')
    refused = plug(home, "experience", str(wrong), "--json")
    assert json.loads(refused.stdout)["error"]["code"] == "experience_not_understood"


@pytest.mark.parametrize(
    ("there", "made_up"),
    [((), True), (("demo",), True), (("facts",), False), (("demo", "facts"), True), (("demo", "real"), False)],
)
def test_a_hub_stands_beside_what_is_made_up(tmp_path, there, made_up):
    for name in there:
        (tmp_path / name).mkdir()
    assert is_made_up(tmp_path) is made_up
