"""Files are shown to the operator's virus scanner: what it knows is refused, and so is all when it doesn't answer."""

import os

import pytest

from pluginnovation.records.refusals import Refusal, Unavailable
from pluginnovation.records.scanning import PIECE, scan, version_of
from tests.clamd import EICAR, VERSION, nobody_there, scanner


@pytest.fixture(params=["socket", "port"])
def there(request, tmp_path):
    with scanner(tmp_path / "clamd.ctl" if request.param == "socket" else None) as found:
        yield found


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
def test_it_is_shown_the_whole_file_and_a_harmless_one_is_taken(there, size):
    content = os.urandom(size)
    scan(content, at=there.at)
    assert there.seen == [content]


def test_what_it_knows_is_refused_by_its_name_for_it(there, caplog):
    with pytest.raises(Refusal) as refused:
        scan(b"%PDF-1.7\n" + EICAR, at=there.at)
    assert refused.value.code == "file_infected"
    assert all("Eicar-Test-Signature" in refused.value.text(language) for language in ("sv", "en"))
    assert "Eicar-Test-Signature" in caplog.text


def test_without_a_scanner_nothing_is_asked():
    scan(EICAR, at="")


@pytest.mark.parametrize("at", ["/nowhere/clamd.ctl", "no port", "127.0.0.1:x", ":"])
def test_one_that_is_not_there_takes_no_file(at):
    with pytest.raises(Unavailable):
        scan(b"x", at=at)


def test_one_that_has_stopped_takes_no_file():
    with pytest.raises(Unavailable):
        scan(b"x", at=nobody_there())


def test_one_that_does_not_answer_in_time_takes_no_file(there):
    there.silent = True
    with pytest.raises(Unavailable):
        scan(b"x", at=there.at, seconds=0.2)


def test_a_file_larger_than_it_takes_is_not_taken(there):
    there.most = 2 * PIECE
    with pytest.raises(Unavailable):
        scan(bytes(400 * PIECE), at=there.at)
    assert there.seen == []


@pytest.mark.parametrize(
    "answer",
    [b"", b"OK", b"stream: OK, or so", b"stream: FOUND", b"stream: Can't open file ERROR", b"\xff\xfe", b"x" * 9_000],
)
def test_an_answer_that_is_neither_yes_nor_no_takes_no_file(there, answer):
    there.answer = answer or b"\n"
    with pytest.raises(Unavailable):
        scan(b"x", at=there.at)


def test_its_name_for_a_file_is_made_harmless_before_it_is_shown_or_logged(there, caplog):
    there.answer = b"stream: <b>Odd\nname</b> FOUND"
    with pytest.raises(Refusal) as refused:
        scan(b"x", at=there.at)
    assert "<" not in refused.value.text() and "\n" not in caplog.messages[-1]


def test_it_tells_its_version(there):
    assert version_of(there.at) == VERSION.decode()
    there.answer = b"something else"
    with pytest.raises(ValueError, match="something else"):
        version_of(there.at)
