"""A pupil who is hidden after the pictures were drawn counts in none of them, from that moment."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from pluginnovation.records.ledger import Disposal
from pluginnovation.records.sink import IdentityChanges
from pluginnovation.web.people.models import Person
from pluginnovation.web.people.sink import PeopleSink
from pluginnovation.web.records.ledger import DatabaseLedger
from pluginnovation.web.signals.models import GroupSnapshot, MunicipalitySnapshot, PupilSnapshot, Run, SchoolSnapshot
from tests.pals import SOURCE, Pals, code_of, work
from tests.web.signals.conftest import ABSENCE, AT, draw

Page = Callable[..., Any]

TOLD = ("pupils", "known", "signalled", "waiting", "share", "coverage")
PATTERN = ["", "9A", "slot", 0, "08–10", "", 40, 10, 300, 2, 12]


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def told(pals: Pals) -> list[Any]:
    """What the pictures of Björkskolan say in numbers."""
    rows = list(GroupSnapshot.objects.exclude(group=pals.group("8A")).order_by("group").values_list("group", *TOLD))
    school = SchoolSnapshot.objects.filter(school=pals.place("bjork"))
    return [*rows, *school.values_list(*TOLD, "unknown", "classes", "classes_known")]


def as_an_import(pals: Pals) -> None:
    """Everything about Mira ends in the same import that marks her, as a source's files would have it."""
    mine = {
        name: frame.filter(pl.col("pupil") == pals.mira).with_columns(ended=pl.lit(value=True))
        for name, frame in work().items()
        if "pupil" in frame.columns
    }
    PeopleSink().take(IdentityChanges(SOURCE, work=mine, protected=[pals.mira]))


def by_hand(pals: Pals) -> None:
    Person.objects.filter(code=pals.mira).update(security_marking="Sekretessmarkering")


def disposed(pals: Pals) -> None:
    with DatabaseLedger().transaction() as commit:
        commit.put_disposal(Disposal(AT, "dpo", frozenset({pals.mira})))


@pytest.mark.parametrize("hide", [as_an_import, by_hand, disposed])
def test_the_pictures_are_as_if_they_had_been_drawn_without_the_pupil(
    pictures: Run, pals: Pals, hide: Callable[[Pals], None]
) -> None:
    before = told(pals)
    hide(pals)
    after = told(pals)
    assert not PupilSnapshot.objects.filter(pupil=pals.mira).exists()
    draw([row for row in ABSENCE if row[0] != "mira"])
    assert after == told(pals) != before


def test_what_only_a_run_can_count_is_empty_until_the_next_one(pictures: Run, pals: Pals, page: Page) -> None:
    class_9a, other = pals.group("9A"), pals.group("9B")
    patterns = [[code, *PATTERN[1:]] for code in (class_9a, other)]
    GroupSnapshot.objects.filter(group__in=(class_9a, other)).update(
        heat=[["08–10", [[40, 2, True], None, None, None, None]]], shared=patterns[:1]
    )
    SchoolSnapshot.objects.filter(school=pals.place("bjork")).update(shared=patterns)

    as_an_import(pals)

    shown = GroupSnapshot.objects.get(group=class_9a)
    assert (shown.heat, shown.subjects, shown.shared, shown.line, shown.retold) == ([], [], [], "", True)
    assert GroupSnapshot.objects.get(group=other).heat
    assert SchoolSnapshot.objects.get(school=pals.place("bjork")).shared == patterns[1:]
    assert "Räknas om vid nästa körning." in text_of(page(pals.asa, f"/klass/{class_9a}/"))
    draw()
    assert not GroupSnapshot.objects.get(group=class_9a).retold


def test_the_pages_count_and_draw_those_who_remain(pictures: Run, pals: Pals, page: Page) -> None:
    school, class_9a = f"/skola/{pals.place('bjork')}/", f"/klass/{pals.group('9A')}/"
    assert "3 elever" in text_of(page(pals.petra, school))
    assert "En elev väntar på någon." in text_of(page(pals.petra, school))
    with CaptureQueriesContext(connection) as asked:
        page(pals.petra, school)
    before = len(asked)

    as_an_import(pals)

    said = text_of(page(pals.petra, school))
    assert "2 elever" in said
    assert "Ingen väntar på någon." in said
    assert "waiting-dots" not in said
    assert "other-dots" in said
    assert "alla 1 elever" in text_of(page(pals.asa, class_9a))
    with CaptureQueriesContext(connection) as asked:
        page(pals.petra, school)
    assert len(asked) <= before


def test_a_class_whose_only_pupil_is_hidden_has_no_picture(pictures: Run, pals: Pals) -> None:
    PeopleSink().take(IdentityChanges(SOURCE, protected=[code_of("sixten")]))
    assert not GroupSnapshot.objects.filter(group=pals.group("8A")).exists()
    assert not SchoolSnapshot.objects.filter(school=pals.place("alm")).exists()
    assert GroupSnapshot.objects.get(group=pals.group("9A")).pupils == 2


def test_the_workers_role_may_count_them_again(pictures: Run, pals: Pals) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"DROP TABLE pg_temp.{table}")
        cursor.execute("SET LOCAL ROLE plug_worker")
        as_an_import(pals)
        cursor.execute("RESET ROLE")
    assert GroupSnapshot.objects.get(group=pals.group("9A")).pupils == 1


def test_the_region_and_the_municipality_are_empty_until_the_next_run(pictures: Run, pals: Pals, page: Page) -> None:
    """What remains would show by how much the hidden pupil changed it."""
    assert MunicipalitySnapshot.objects.filter(retold=True).count() == 0
    by_hand(pals)

    whole = MunicipalitySnapshot.objects.get(municipality="")
    assert whole.retold
    assert (whole.pupils, whole.share, whole.signalled_share, whole.coverage) == (None, None, None, None)
    town = SchoolSnapshot.objects.get(school=pals.place("bjork")).municipality
    assert MunicipalitySnapshot.objects.get(municipality=town).retold
    assert "Räknas om vid nästa körning." in text_of(page(pals.rut, "/regionen/"))

    draw([row for row in ABSENCE if row[0] != "mira"])
    assert MunicipalitySnapshot.objects.filter(retold=True).count() == 0
