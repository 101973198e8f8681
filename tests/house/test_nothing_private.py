"""What may never stand in a tracked file: a package host, a path of somebody's machine, a real person's number."""

import re

from tests.house.tree import ROOT, texts

# Written with brackets so that this file doesn't find itself.
HOSTS = re.compile(r"py[p]i\.org|python[h]osted|npm[j]s\.org|deb\.debi[a]n|files\.pyt[h]on")
PLACES = re.compile(r"(?<![\w.])/(?:w[o]rk|f[a]rm|r[o]ot|h[o]me)/|file[:]///")
CIVIC = re.compile(r"(?<![\w.])((?:19|20)?\d{2})(0[1-9]|1[0-2])(\d{2})[-+]?(\d{4})(?![\w.])")

# Skatteverket's published test number, used in documentation.
ALLOWED_NUMBERS = {"1212121212"}


def luhn_holds(ten: str) -> bool:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(ten))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def civic_numbers(text: str) -> set[str]:
    """Ten-digit forms of everything in a text that reads as a Swedish civic or coordination number."""
    found = set()
    for year, month, day, last in CIVIC.findall(text):
        if 1 <= int(day) % 60 <= 31 and luhn_holds(ten := year[-2:] + month + day + last):
            found.add(ten)
    return found


def test_no_file_names_a_package_host_or_a_path_of_one_machine():
    named = [str(p.relative_to(ROOT)) for p, text in texts() if HOSTS.search(text) or PLACES.search(text)]
    assert not named


def test_no_file_carries_a_number_that_could_be_a_persons():
    hashes = ROOT / "requirements"
    found = {
        str(path.relative_to(ROOT)): numbers
        for path, text in texts()
        if not path.is_relative_to(hashes) and (numbers := civic_numbers(text) - ALLOWED_NUMBERS)
    }
    assert not found


def test_a_number_that_could_be_a_persons_is_recognised():
    ordinary, coordination = "19" + "121212" + "-" + "1212", "20" + "0003" + "71" + "1"
    assert civic_numbers(ordinary) == {"1212121212"}
    assert not civic_numbers(coordination)


def test_the_lists_of_packages_hold_hashes_and_no_addresses():
    for name in ("run.txt", "dev.txt"):
        lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
        pins = [i for i, line in enumerate(lines) if re.match(r"[a-z0-9]", line)]
        assert pins
        assert not [line for line in lines if "://" in line or line.startswith(("-", "--"))]
        assert not [lines[i] for i in pins if "==" not in lines[i] or "--hash=sha256:" not in lines[i + 1]]
