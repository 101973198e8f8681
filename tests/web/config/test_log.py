"""No code and no name is written down in a log."""

import logging
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from pluginnovation.web.config.log import WithoutPeople, without_people
from pluginnovation.web.config.serve import AccessLog


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("Not Found: /elev/k3f9abcdefghijkl/", "Not Found: /elev/…"),
        ('"GET /elev/k3f9abcdefghijkl/lektioner/?signal=x HTTP/1.1"', '"GET /elev/… HTTP/1.1"'),
        ("GET /elever/?sok=Mira HTTP/1.1", "GET /elever/?… HTTP/1.1"),
        ("GET /halsa/ HTTP/1.1", "GET /halsa/ HTTP/1.1"),
        ("GET / HTTP/1.1", "GET / HTTP/1.1"),
        ("https://plug.example.se/elev/k3f9/", "https://plug.example.se/elev/…"),
    ],
)
def test_a_path_is_cut_after_its_first_word_and_a_query_is_left_out(line, cut):
    assert without_people(line) == cut


def test_what_django_says_about_a_request_is_cut():
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", ("/elev/k3f9/",), None)
    assert WithoutPeople().filter(record)
    assert record.getMessage() == "Not Found: /elev/…"


def test_the_access_log_is_cut():
    answer = SimpleNamespace(status="200 OK", sent=1, headers=[])
    asked = SimpleNamespace(headers=[("REFERER", "http://127.0.0.1/elev/k3f9/")])
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": "/elev/k3f9/?x=Mira",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "PATH_INFO": "/elev/k3f9/",
        "QUERY_STRING": "x=Mira",
        "HTTP_REFERER": "http://127.0.0.1/elev/k3f9/",
    }
    time = SimpleNamespace(seconds=0, microseconds=0)
    parts = AccessLog(Config()).atoms(answer, asked, environ, time)
    assert "k3f9" not in str(parts)
    assert "Mira" not in str(parts)
