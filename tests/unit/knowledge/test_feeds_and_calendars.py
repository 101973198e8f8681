"""What other programs fetch: Atom and iCalendar, right also for what nobody meant to write."""

from datetime import UTC, datetime, timedelta, timezone
from xml.etree.ElementTree import fromstring

import pytest

from pluginnovation.knowledge.feed import ATOM, Entry, Feed, atom
from pluginnovation.knowledge.ical import Happening, calendar

DAY = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FEED = Feed("tag:hub,2026:nytt", "Nytt", "https://hub/nytt.atom", "https://hub/", "sv", "PlugInnovation", DAY)


def entry(number: int, title: str = "En metod") -> Entry:
    return Entry(
        f"tag:hub,2026:{number}", title, f"https://hub/{number}/", DAY + timedelta(days=number), "Ord.", "method"
    )


def happening(**changed) -> Happening:
    facts = {
        "key": "mote-1@hub", "title": "Nätverk", "starts": DAY, "ends": DAY + timedelta(hours=2), "place": "Ängholm",
        "about": "", "link": "https://hub/kalender/mote-1/", "changed": DAY,
    }  # fmt: skip
    return Happening(**facts | changed)


def unfolded(raw: bytes) -> list[str]:
    return raw.decode().replace("\r\n ", "").split("\r\n")


def test_the_newest_entry_is_first_and_gives_the_feed_its_time():
    root = fromstring(atom(FEED, [entry(1), entry(3), entry(2)]))
    days = [each.text for each in root.iter(f"{{{ATOM}}}updated")]
    assert days[1:] == sorted(days[1:], reverse=True) and days[0] == days[1]


def test_an_empty_feed_is_still_a_feed():
    root = fromstring(atom(FEED, []))
    assert root.findtext(f"{{{ATOM}}}updated") == DAY.isoformat()


def test_markup_and_signs_that_xml_cannot_hold_do_no_harm():
    root = fromstring(atom(FEED, [entry(1, "<b>A & B</b>\x00\x0b\ud800 å")]))
    assert root.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}title") == "<b>A & B</b> å"


def test_no_line_of_a_calendar_is_longer_than_75_octets_and_no_letter_is_cut():
    raw = calendar("Kalender", [happening(title="å" * 200, about="ö" * 300)])
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert f"SUMMARY:{'å' * 200}" in unfolded(raw)


def test_signs_of_the_format_are_escaped_so_that_a_title_adds_no_property():
    lines = unfolded(calendar("K", [happening(title="Ett; två, tre\r\nATTENDEE:mailto:x@y\x07")]))
    assert "SUMMARY:Ett\\; två\\, tre\\nATTENDEE:mailto:x@y" in lines
    assert not any(line.startswith("ATTENDEE") for line in lines)


def test_times_are_written_in_utc_and_a_time_without_a_zone_is_refused():
    swedish = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    assert "DTSTART:20261122T083000Z" in unfolded(calendar("K", [happening(starts=swedish)]))
    with pytest.raises(ValueError, match="zone"):
        calendar("K", [happening(starts=datetime(2026, 11, 22, 9, 30))])


def test_an_event_that_is_called_off_stays_and_says_so():
    assert "STATUS:CANCELLED" in unfolded(calendar("K", [happening(called_off=True)]))
