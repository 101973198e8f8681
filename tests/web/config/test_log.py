"""No code and no name is written down in a log."""

import io
import logging
import sys
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from pluginnovation.web.config.log import Line, WithoutPeople, logging_of, without_people
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


@pytest.mark.parametrize("sent", ["a\nb", "a\r\nb", "a\x1b[2Jb", "a\u2028b", "a\u202eb", "a\x85b", "a\x00b"])
def test_nothing_that_was_sent_makes_a_line_of_its_own(sent):
    told = logging_of("INFO")["formatters"]["line"]
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(Line(told["fmt"], style=told["style"]))
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Bad: %s", (sent,), None)
    handler.emit(record)
    assert handler.stream.getvalue().count("\n") == 1 and "Bad: a\\x" in handler.stream.getvalue()
    assert len(handler.stream.getvalue().splitlines()) == 1 and "\x1b" not in handler.stream.getvalue()


def test_the_lines_of_a_traceback_are_pushed_in():
    try:
        raise ValueError("a\n2026-11-23 04:00:00,000 WARNING django.request made up")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "m", (), sys.exc_info())
    lines = Line("{message}", style="{").format(record).splitlines()
    assert lines[0] == "m" and len(lines) > 2 and all(line.startswith("  ") for line in lines[1:])


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
