"""What every answer tells the browser: no script of a page, nothing kept, nothing framed, nothing of the machine."""

import re

import pytest
from django.conf import settings as ours
from django.test import Client

from tests.web.test_urls_by_role import WHO, built, filled_in, lines, world

__all__ = ["built", "world"]

ON = re.compile(r"<[^>]+\son\w+\s*=", re.IGNORECASE)
INLINE = re.compile(r"<style|<[^>]+\sstyle\s*=|javascript:", re.IGNORECASE)
# Data for a script of ours is no script.
SCRIPT = re.compile(r"<script(?![^>]*(\bsrc=|application/json))[^>]*>\s*\S", re.IGNORECASE)
GETS = [path for method, path in lines() if method == "GET"]


def policy_of(answer) -> dict[str, list[str]]:
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";") if part.strip()]
    return {name: values for name, *values in parts}


@pytest.fixture
def answers(world):
    """What each of the roles gets at each address."""
    found = []
    for who in ("petra", "kim", "rut", "adam", "dag", "nobody"):
        client = Client(raise_request_exception=True)
        if who != "nobody":
            client.force_login(getattr(world, who))
        found += [(who, path, client.get(filled_in(path, world))) for path in GETS]
    return found


def test_every_answer_of_every_role_has_the_headers_and_nothing_inline(answers):
    assert len(answers) >= 6 * len(GETS) and len(WHO) == 11
    for who, path, answer in answers:
        where, headers = (who, path), answer.headers
        policy = policy_of(answer)
        assert policy["default-src"] == ["'none'"], where
        assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"], where
        allowed = {value for values in policy.values() for value in values}
        assert not allowed - {"'none'", "'self'", "data:"}, where
        assert headers["X-Content-Type-Options"] == "nosniff", where
        assert headers["X-Frame-Options"] == "DENY", where
        assert headers["Referrer-Policy"] == "same-origin", where
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", where
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", where
        assert "camera=()" in headers["Permissions-Policy"], where
        assert "Server" not in headers, where
        if who != "nobody":
            assert "no-store" in headers["Cache-Control"], where
        if "html" in headers.get("Content-Type", ""):
            text = answer.content.decode()
            assert not ON.search(text), where
            assert not INLINE.search(text), where
            assert not SCRIPT.search(text), where


@pytest.mark.parametrize("method", ["trace", "options", "put", "delete", "patch"])
def test_other_methods_do_nothing(world, method):
    client = Client()
    client.force_login(world.petra)
    assert getattr(client, method)(f"/elev/{world.mira}/").status_code in (403, 404, 405)


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(world):
    client = Client()
    client.force_login(world.dag)
    cookies = client.get("/gallring/undantag/ny/").cookies
    assert ours.SESSION_COOKIE_HTTPONLY and ours.CSRF_COOKIE_HTTPONLY
    assert ours.SESSION_COOKIE_SAMESITE in ("Lax", "Strict")
    assert ours.CSRF_COOKIE_NAME in cookies
    for cookie in cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] in ("Lax", "Strict")


def test_a_form_of_many_fields_or_much_text_is_turned_away(world):
    client = Client()
    client.force_login(world.dag)
    fields = {f"f{number}": "x" for number in range(ours.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert client.post("/incidenter/ny/", fields).status_code == 400
    much = "what=" + "x" * (ours.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    kind = "application/x-www-form-urlencoded"
    assert client.post("/incidenter/ny/", much, content_type=kind).status_code in (400, 413)
