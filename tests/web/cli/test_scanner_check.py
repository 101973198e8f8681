"""`plug doctor` on the virus scanner: none, one that answers, and one that doesn't."""

from pluginnovation.cli.scanner_check import scanner_answers
from tests.clamd import VERSION, nobody_there, scanner


def test_that_there_is_none_is_told():
    (one,) = scanner_answers({})
    assert one.state == "note" and "PLUG_CLAMD" in one.todo[1]


def test_one_that_answers_tells_its_version(tmp_path):
    with scanner(tmp_path / "clamd.ctl") as there:
        (one,) = scanner_answers({"PLUG_CLAMD": there.at})
    assert one.state == "ok" and VERSION.decode() in one.said[0]


def test_one_that_does_not_answer_is_wrong():
    for at in (nobody_there(), "/nowhere/clamd.ctl", "clamd"):
        (one,) = scanner_answers({"PLUG_CLAMD": at})
        assert one.state == "wrong" and at in one.todo[0]
