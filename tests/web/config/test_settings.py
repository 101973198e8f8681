"""Settings come from the environment alone, are safe when silent, and say what is missing."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pluginnovation.web.config.database import database
from pluginnovation.web.config.environment import number, text, yes_or_no
from pluginnovation.web.config.missing import ResourceMissing
from pluginnovation.web.config.secret import make_secret_key, secret_key
from pluginnovation.web.config.sign_in import authorities
from tests.house.tree import ROOT, SRC

# Words of the environment that aren't settings of ours.
NOT_OURS = {"PATH", "PLUG_STARTED"}
READ = re.compile(
    r"""(?:(?:text|number|yes_or_no)\(\s*(?:ENV|env|os\.environ),\s*|environ(?:\.get\(|\[))["']([A-Z_]+)["']"""
)
LINE = re.compile(r"^#?([A-Z_]+)=(.*)$", re.MULTILINE)


def read_by_the_code() -> set[str]:
    """Every setting that the web and the command read."""
    files = [*(SRC / "web").rglob("*.py"), *(SRC / "cli").rglob("*.py")]
    found = {name for path in files for name in READ.findall(path.read_text(encoding="utf-8"))}
    return {name for name in found if name.startswith(("PLUG_", "HUB_")) or name in {"DATABASE_URL", "PORT"}} - NOT_OURS


def shown(name: str) -> str:
    """One value out of the settings module, loaded in a clean process."""
    return f"from pluginnovation.web.config import settings; print(settings.{name})"


def loaded(what: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.defpath, "PYTHONPATH": str(ROOT / "src"), **env}
    return subprocess.run([sys.executable, "-c", shown(what)], env=clean, capture_output=True, text=True, check=False)


def test_env_example_documents_exactly_the_settings_that_the_code_reads():
    written = {name for name, _ in LINE.findall((ROOT / "env.example").read_text(encoding="utf-8"))}
    assert written == read_by_the_code()


def test_env_example_sets_nothing_and_holds_no_secret():
    lines = (ROOT / "env.example").read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if line and not line.startswith("#")]
    assert dict(LINE.findall("\n".join(lines)))["PLUG_SECRET_KEY"] == ""


def test_a_missing_secret_stops_the_start_with_a_paragraph_of_help(tmp_path):
    done = loaded("SECRET_KEY", PLUG_HOME=str(tmp_path))
    assert done.returncode != 0
    assert "PLUG_SECRET_KEY is missing" in done.stderr
    assert "openssl rand" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "False"),
        ("ALLOWED_HOSTS", "['127.0.0.1', 'localhost', '[::1]']"),
        ("PLUG_BIND", "127.0.0.1"),
        ("SESSION_COOKIE_AGE", "3600"),
        ("LANGUAGE_CODE", "sv"),
        ("X_FRAME_OPTIONS", "DENY"),
    ],
)
def test_silence_is_safe(tmp_path, name, value):
    done = loaded(name, PLUG_HOME=str(tmp_path), PLUG_SECRET_KEY="x")
    assert done.stdout.strip() == value, done.stderr


@pytest.mark.parametrize(
    "said", [{"PLUG_ALLOWED_HOSTS": "plug.example.se"}, {"PLUG_HTTPS": "1"}, {"PLUG_HOST": "0.0.0.0"}]
)
def test_the_demo_has_no_address_where_others_can_reach_the_server(tmp_path, said):
    done = loaded("PLUG_BIND", PLUG_HOME=str(tmp_path), PLUG_SECRET_KEY="x", **said)
    assert done.stdout.strip() in {"", "0.0.0.0"}


@pytest.mark.parametrize("name", ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"])
def test_behind_https_cookies_and_pages_stay_there(tmp_path, name):
    done = loaded(name, PLUG_HOME=str(tmp_path), PLUG_SECRET_KEY="x", PLUG_HTTPS="1")
    assert done.stdout.strip() == "True", done.stderr


@pytest.mark.parametrize(("said", "expected"), [({}, "True"), ({"PLUG_HSTS_SUBDOMAINS": "0"}, "False")])
def test_behind_https_the_names_below_are_asked_over_https_too_unless_somebody_says_no(tmp_path, said, expected):
    name = "SECURE_HSTS_INCLUDE_SUBDOMAINS"
    done = loaded(name, PLUG_HOME=str(tmp_path), PLUG_SECRET_KEY="x", PLUG_HTTPS="1", **said)
    assert done.stdout.strip() == expected, done.stderr
    assert loaded(name, PLUG_HOME=str(tmp_path), PLUG_SECRET_KEY="x").stdout.strip() == "False"
    assert (
        loaded("SECURE_HSTS_SECONDS", PLUG_HOME=str(tmp_path), PLUG_SECRET_KEY="x", PLUG_HTTPS="1").stdout.strip()
        == "31536000"
    )


@pytest.mark.parametrize("name", ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME"])
def test_behind_https_a_cookie_is_this_hosts_own(tmp_path, name):
    done = loaded(name, PLUG_HOME=str(tmp_path), PLUG_SECRET_KEY="x", PLUG_HTTPS="1")
    assert done.stdout.startswith("__Host-plug_"), done.stderr
    done = loaded(name, PLUG_HOME=str(tmp_path), PLUG_SECRET_KEY="x")
    assert done.stdout.startswith("plug_"), done.stderr


def service(**changed: str) -> str:
    """A sign-in service as it stands in its file, with some of it changed or, where empty, left out."""
    whole = {
        "title": '"B"', "issuer": '"https://id.example"', "client_id": '"c"', "client_secret_file": '"b.secret"',
        "sources": '["b"]', "levels": '["loa2"]', **changed,
    }  # fmt: skip
    return "[b]\n" + "\n".join(f"{key}={value}" for key, value in whole.items() if value)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("nonsense = [", "not TOML"),
        ("x = 1", "a table whose name"),
        ('["B 1"]', "a table whose name"),
        (service(issuer=""), "issuer is missing"),
        (service(sources="[]"), "sources is missing"),
        (service(levels='"loa2"'), "levels is missing or of the wrong form"),
        (service(issuer='"http://id.example"'), "begins with https://"),
        (service(issuer='"https://id.example?x"'), "begins with https://"),
        (service(client_secret_file='"nothing"'), "isn't there"),
        (service(titel='"B"'), "the word titel is unknown"),
        (service() + "\n" + service().replace("[b]", "[c]"), "same issuer"),
    ],
)
def test_sign_in_services_that_can_not_be_meant_stop_the_start_with_help(tmp_path, said, told):
    (tmp_path / "b.secret").write_text("between us\n")
    (tmp_path / "services.toml").write_text(said)
    with pytest.raises(ResourceMissing) as missing:
        authorities({"PLUG_SIGN_IN": str(tmp_path / "services.toml")})
    assert told in missing.value.text("en")
    with pytest.raises(ResourceMissing):
        authorities({"PLUG_SIGN_IN": str(tmp_path / "nothing.toml")})


def test_sign_in_services_are_read_with_their_secret_beside(tmp_path):
    (tmp_path / "b.secret").write_text("between us\n")
    (tmp_path / "services.toml").write_text(service())
    found = authorities({"PLUG_SIGN_IN": str(tmp_path / "services.toml")})["b"]
    assert (found.issuer, found.secret(), found.levels, found.scopes) == (
        "https://id.example",
        "between us",
        ("loa2",),
        (),
    )
    assert authorities({}) == {}


def test_text_is_trimmed_and_silence_gives_the_default():
    assert text({"A": "  x "}, "A") == "x"
    assert text({"A": "  "}, "A", "y") == "y"
    assert text({}, "A", "y") == "y"


def test_a_number_is_a_whole_number():
    assert number({"A": "12"}, "A", 1) == 12
    assert number({}, "A", 1) == 1


@pytest.mark.parametrize("value", ["1.5", "-1", "tolv", "１２"])
def test_what_is_no_number_stops_the_start_without_repeating_it(value):
    with pytest.raises(ResourceMissing) as said:
        number({"A": value}, "A", 1)
    assert value not in said.value.text("sv") + said.value.text("en")


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("true", True), ("YES", True), ("0", False), ("", False), ("off", False)]
)
def test_yes_and_no_are_said_in_several_ways(value, meant):
    assert yes_or_no({"A": value}, "A") is meant


def test_maybe_stops_the_start():
    with pytest.raises(ResourceMissing):
        yes_or_no({"A": "maybe"}, "A")


def test_database_url_overrides_the_homes_own_server(tmp_path):
    url = "postgresql://anna:p%40ss@db.example:5433/plug?sslmode=require"
    found = database({"DATABASE_URL": url}, tmp_path)
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "anna", "p@ss", "db.example", 5433, "plug",
    )  # fmt: skip
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_database_url_may_name_a_sockets_folder(tmp_path):
    found = database({"DATABASE_URL": "postgresql://anna@/plug?host=/run/postgresql"}, tmp_path)
    assert (found["HOST"], found["OPTIONS"]) == ("/run/postgresql", {})


@pytest.mark.parametrize("url", ["sqlite:///x", "postgresql://host", "postgresql://host:port/x", "nonsense"])
def test_another_database_url_stops_the_start_without_repeating_it(tmp_path, url):
    with pytest.raises(ResourceMissing) as said:
        database({"DATABASE_URL": url}, tmp_path)
    assert url not in said.value.text("en")


def test_an_unknown_role_stops_the_start(tmp_path):
    with pytest.raises(ResourceMissing):
        database({"PLUG_DATABASE_ROLE": "postgres"}, tmp_path)


def test_the_secret_is_made_once_in_a_file_that_only_its_owner_reads(tmp_path):
    make_secret_key({}, tmp_path)
    first = secret_key({}, tmp_path)
    make_secret_key({}, tmp_path)
    assert secret_key({}, tmp_path) == first
    assert len(first) >= 50
    assert (tmp_path / "keys" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_with_database_url_no_secret_is_made(tmp_path):
    make_secret_key({"DATABASE_URL": "postgresql://a@/b"}, tmp_path)
    assert not Path(tmp_path / "keys").exists()
    with pytest.raises(ResourceMissing):
        secret_key({"DATABASE_URL": "postgresql://a@/b"}, tmp_path)
