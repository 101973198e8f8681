"""`plug methods`, the night's update, and the worker's look at a hub in the same home."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pluginnovation.cli import methods as command
from pluginnovation.cli.answers import Answer
from pluginnovation.knowledge.signing import EXPORTED_AT, MOST_BYTES, PUBLIC_AT, signed
from pluginnovation.web.sharing.current import catalogue_now
from pluginnovation.web.sharing.lying import SECONDS, Watch
from tests.unit.knowledge.made_up import AT, KEY, MORNING, OTHER_KEY, catalogue_of
from tests.web.sharing.conftest import TRUSTED

pytestmark = pytest.mark.django_db


class Hub(BaseHTTPRequestHandler):
    """A hub that answers as it is told, and notes what it was asked."""

    answers: tuple[int, bytes] = (200, b"")
    asked: list[tuple[str, str, str]] = []

    def do_GET(self) -> None:
        length = self.headers.get("Content-Length", "")
        self.asked.append((self.path, length, self.headers.get("Cookie", "") + self.headers.get("Referer", "")))
        status, content = self.answers
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def hub() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Hub) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def home(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A node's home of its own in the test's database, which trusts the made-up hub."""
    settings.PLUG_HOME, settings.PLUG_HUB_KEY, settings.PLUG_HUB_URL = tmp_path, TRUSTED, ""

    @contextmanager
    def opened(_answer: Answer) -> Iterator[Any]:
        yield tmp_path

    monkeypatch.setattr(command, "opened", opened)
    return tmp_path


def said(*words: str) -> Result:
    return CliRunner().invoke(command.methods, list(words), catch_exceptions=False)


def test_update_takes_a_file_and_list_shows_what_is_known(home):
    assert "Ingen katalog är hämtad." in said("list").stdout
    (home / "k").write_bytes(signed(catalogue_of(), KEY))
    taken = said("update", "--from", str(home / "k"), "--json")
    assert (taken.exit_code, json.loads(taken.stdout)["version"]) == (0, 1)
    assert "Katalog 1 gäller redan." in said("update", "--from", str(home / "k")).stdout
    rows = json.loads(said("list", "--json").stdout)["methods"]
    assert [(row["key"], row["locks"], row["local"]) for row in rows] == [
        ("morgonstart", 2, True), ("trygga-raster", 0, False), ("studiecoach", 2, False),
    ]  # fmt: skip
    assert "Stämpelkort" in said("list", "--withdrawn").stdout


@pytest.mark.parametrize(("file", "code"), [
    (signed(catalogue_of(version=9), OTHER_KEY), "catalogue_forged"),
    (signed(catalogue_of(MORNING, version=1), KEY), "catalogue_older"),
    (b"PK\x03\x04", "catalogue_unreadable"),
])  # fmt: skip
def test_a_forged_older_or_strange_file_ends_with_three_and_changes_nothing(home, take, file, code):
    take(catalogue_of(version=2))
    (home / "k").write_bytes(file)
    refused = said("update", "--from", str(home / "k"), "--json")
    assert (refused.exit_code, json.loads(refused.stdout)["error"]["code"]) == (3, code)
    assert catalogue_now().version == 2


def test_the_night_fetches_from_the_hub_and_says_nothing_but_the_address(home, hub, settings):
    settings.PLUG_HUB_URL = hub
    Hub.answers, Hub.asked[:] = (200, signed(catalogue_of(), KEY)), []
    done = command.nightly_update(Answer(), at=AT)
    assert (done["version"], done["code"], done["lines"]) == (1, 0, ["Metodkatalog 1."])
    assert Hub.asked == [("/katalog/metoder.signerad", "", "")]
    assert command.nightly_update(Answer(), at=AT)["lines"] == []


@pytest.mark.parametrize(("answers", "refusal", "code"), [
    ((404, b""), "hub_without_catalogue", 4),
    ((200, b"x" * (MOST_BYTES + 1)), "server_answer_too_large", 4),
    ((200, signed(catalogue_of(version=9), OTHER_KEY)), "catalogue_forged", 3),
])  # fmt: skip
def test_what_goes_wrong_with_the_hub_is_told_and_the_rest_of_the_night_goes_on(
    home, hub, settings, take, answers, refusal, code
):
    settings.PLUG_HUB_URL = hub
    take(catalogue_of())
    Hub.answers = answers
    done = command.nightly_update(Answer(), at=AT)
    assert (done["refusal"], done["code"]) == (refusal, code)
    assert catalogue_now() == catalogue_of()


def test_a_night_without_a_hub_fetches_nothing(home):
    assert command.nightly_update(Answer(), at=AT) == {"version": None, "code": 0, "refusal": "", "lines": []}


def test_the_worker_takes_over_what_a_hub_in_the_same_home_publishes_and_tries_a_refused_file_once(
    home, settings, monkeypatch, caplog
):
    now = [0.0]
    monkeypatch.setattr("pluginnovation.web.sharing.lying.time.monotonic", lambda: now[0])
    settings.PLUG_HUB_KEY = ""
    watch = Watch(home)
    assert not watch.look(at=AT)
    for place, content in ((PUBLIC_AT, f"{TRUSTED}\n".encode()), (EXPORTED_AT, signed(catalogue_of(), KEY))):
        (home / place).parent.mkdir(exist_ok=True)
        (home / place).write_bytes(content)
    assert not watch.look(at=AT)
    now[0] += SECONDS
    assert watch.look(at=AT)
    assert catalogue_now().version == 1
    (home / EXPORTED_AT).write_bytes(signed(catalogue_of(version=7), OTHER_KEY))
    for _again in range(2):
        now[0] += SECONDS
        assert not watch.look(at=AT)
    assert caplog.text.count("catalogue_forged") == 1
    assert catalogue_now().version == 1
