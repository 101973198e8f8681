"""`plug doctor` on ways in."""

import pytest

from pluginnovation.cli.sign_in_checks import ways_in

SERVICE = """
[bjorkeby]
title = "Björkeby kommun"
issuer = "https://id.bjorkeby.example"
client_id = "plug"
client_secret_file = "b.secret"
sources = ["bjorkeby"]
levels = ["loa2"]
"""


@pytest.mark.parametrize(("mode", "states"), [(0o600, ["ok"]), (0o640, ["wrong", "ok"]), (0o604, ["wrong", "ok"])])
def test_a_secret_that_others_may_read_is_wrong(tmp_path, mode, states):
    (tmp_path / "services.toml").write_text(SERVICE)
    (tmp_path / "b.secret").write_text("between us")
    (tmp_path / "b.secret").chmod(mode)
    found = list(ways_in({"PLUG_SIGN_IN": str(tmp_path / "services.toml")}))
    assert [one.state for one in found] == states
    assert "between us" not in str(found)


@pytest.mark.parametrize(("env", "state"), [({}, "note"), ({"PLUG_LOCAL_ACCOUNTS": "0"}, "wrong")])
def test_without_a_service_the_local_accounts_are_what_there_is(env, state):
    assert [one.state for one in ways_in(env)] == [state]
