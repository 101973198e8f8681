"""The people of the web's tests, by name. They come in through the same sink as everyone else.

Björkskolan has class 9A (mentor Åsa) with Mira and Noor, and Vera until yesterday; class 9B with Ali; and a
mathematics group (teacher Tova) with Mira and Ali. Leo ended the last year there the summer before and has no school;
Kim is the youth coordinator of the municipality. Almskolan has class 8A (mentor Omar) with Sixten. Petra is
principal and Hanna the nurse of Björkskolan. Sam is mentor of 9B at Björkskolan and teaches at Almskolan. Rut leads
the region, Adam administers, Dag protects data. Charlie can sign in and has no duty at all. Kaj is protected.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from pluginnovation.records.sink import IdentityChanges

TODAY = date(2026, 4, 23)
AUTUMN = date(2025, 8, 18)
SOURCE = "bjorkeby"
HOME = "1499"
CANARY = "Kanariefågel"

PUPILS = {
    "mira": ("Mira", "Åkesson"),
    "noor": ("Noor", "Öberg"),
    "vera": ("Vera", "Ek"),
    "ali": ("Ali", "Zetterlund"),
    "sixten": ("Sixten", "Alm"),
    "leo": ("Leo", "Ahl"),
    "kaj": ("Kaj", CANARY),
}
STAFF = {
    "asa": ("Åsa", "Dahl"),
    "omar": ("Omar", "Haddad"),
    "tova": ("Tova", "Lind"),
    "petra": ("Petra", "Sund"),
    "hanna": ("Hanna", "Nyman"),
    "sam": ("Sam", "Grahn"),
    "kim": ("Kim", "Strand"),
}
RECORDED = {"rut": "regional_lead", "adam": "administrator", "dag": "data_protection_officer"}

ORGANISATIONS = [
    ("bjorkeby", "Björkeby kommun", "Huvudman", None, None, HOME, "GR"),
    ("bjork", "Björkskolan", "Skolenhet", "bjorkeby", "10000001", HOME, "GR"),
    ("alm", "Almskolan", "Skolenhet", "bjorkeby", "10000002", HOME, "GR"),
]
GROUPS = [
    ("9A", "9A", "Klass", "bjork"),
    ("9B", "9B", "Klass", "bjork"),
    ("ma", "Matematik 9", "Undervisning", "bjork"),
    ("8A", "8A", "Klass", "alm"),
    ("sv", "Svenska 8", "Undervisning", "alm"),
]
MEMBERSHIPS = [
    ("9A", "mira", None),
    ("9A", "noor", None),
    ("9A", "vera", TODAY - timedelta(days=1)),
    ("9B", "ali", None),
    ("ma", "mira", None),
    ("ma", "ali", None),
    ("8A", "sixten", None),
]
ENROLMENTS = [
    ("mira", "bjork", 9, None),
    ("noor", "bjork", 9, None),
    ("vera", "bjork", 9, TODAY - timedelta(days=1)),
    ("ali", "bjork", 9, None),
    ("sixten", "alm", 8, None),
    ("leo", "bjork", 9, date(2025, 6, 12)),
]
DUTIES = [
    ("asa", "bjork", "Lärare", "9A", "Mentor"),
    ("omar", "alm", "Lärare", "8A", "Mentor"),
    ("tova", "bjork", "Lärare", "ma", None),
    ("petra", "bjork", "Rektor", None, None),
    ("hanna", "bjork", "Skolsköterska", None, None),
    ("sam", "bjork", "Lärare", "9B", "Mentor"),
    ("sam", "alm", "Lärare", "sv", None),
    ("kim", "bjorkeby", "Ungdomssamordnare", None, None),
]


def code_of(name: str) -> str:
    """A pal's code: readable, and as long as a real one."""
    return name.ljust(16, "x")


@dataclass(frozen=True)
class Pals:
    """Users by name, codes of pupils by name, and the codes of places."""

    users: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        """A user for an adult, a code for a pupil."""
        if name in PUPILS:
            return code_of(name)
        try:
            return self.users[name]
        except KeyError:
            raise AttributeError(name) from None

    def group(self, name: str) -> str:
        """A group's code."""
        return self.place(name)

    def place(self, name: str) -> str:
        """An organisation's or a group's code."""
        from pluginnovation.web.people.names import place_code

        return place_code(SOURCE, name)


def persons(*names: str, **changes: Any) -> pl.DataFrame:
    """Rows for the sink, of everyone unless names are given; `changes` replaces columns in all of them."""
    people = PUPILS | STAFF
    rows = [
        {
            "code": code_of(name),
            "source": SOURCE,
            "source_id": f"id-{name}",
            "given_name": people[name][0],
            "family_name": people[name][1],
            "civic_no": f"20100101-{name}" if name in PUPILS else None,
            "email": f"{name}@skola.example",
            "eppn": f"{name}@bjorkeby.example" if name in STAFF else None,
            "birth_date": date(2010, 1, 1) if name in PUPILS else None,
            "home_municipality": HOME if name in PUPILS else None,
            "security_marking": "Ingen",
            "is_pupil": name in PUPILS,
            "ended": False,
        }
        | changes
        for name in (names or [name for name in people if name != "kaj"])
    ]
    texts = ("civic_no", "email", "eppn", "home_municipality")
    return pl.DataFrame(rows, schema_overrides={"birth_date": pl.Date} | dict.fromkeys(texts, pl.String))


def work() -> dict[str, pl.DataFrame]:
    """The working copies, as the sink takes them."""
    dates = {"start_date": pl.Date, "end_date": pl.Date}

    def frame(rows: list[Any], columns: list[str], **kinds: Any) -> pl.DataFrame:
        return pl.DataFrame(
            [(*row, False) for row in rows],
            schema={column: kinds.get(column, pl.String) for column in columns} | {"ended": pl.Boolean},
            orient="row",
        )

    return {
        "organisations": frame(
            ORGANISATIONS,
            ["organisation", "display_name", "organisation_type", "parent", "school_unit_code", "municipality",
             "school_types"],
        ),
        "groups": frame(
            [(*row, AUTUMN, None) for row in GROUPS],
            ["group", "display_name", "group_type", "organisation", *dates],
            **dates,
        ),
        "memberships": frame(
            [(group, code_of(pupil), AUTUMN, end) for group, pupil, end in MEMBERSHIPS],
            ["group", "pupil", *dates],
            **dates,
        ),
        "enrolments": frame(
            [
                (code_of(p), place, "GR", year, None, min(AUTUMN, end or AUTUMN), end, None)
                for p, place, year, end in ENROLMENTS
            ],
            ["pupil", "organisation", "school_type", "school_year", "programme", *dates, "leave_reason"],
            school_year=pl.Int16,
            **dates,
        ),
        "duties": frame(
            [(code_of(person), *rest, AUTUMN, None) for person, *rest in DUTIES],
            ["person", "organisation", "duty_role", "group", "assignment_type", *dates],
            **dates,
        ),
    }  # fmt: skip


def everyone() -> IdentityChanges:
    """All the pals, as one import would hand them over."""
    return IdentityChanges(SOURCE, persons(), None, work())


def move_in() -> Pals:
    """Put the pals in the database."""
    from pluginnovation.web.people.models import Duty, User
    from pluginnovation.web.people.sink import PeopleSink

    PeopleSink().take(everyone())
    users = {name: User.objects.get(person=code_of(name)) for name in STAFF}
    for name, role in RECORDED.items():
        users[name] = User.objects.create(login=name, name=name.capitalize())
        Duty.objects.create(user=users[name], role=role)
    users["charlie"] = User.objects.create(login="charlie", name="Charlie")
    return Pals(users)
