"""The door: ground, then visit, then pupil."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from pluginnovation.privacy.grounds import Grant, Ground
from pluginnovation.web.people.door import open_group_or_404, open_pupil_or_404
from pluginnovation.web.people.duties import duties_of
from pluginnovation.web.people.models import Duty, Group, Membership, Person, Visit
from tests.pals import TODAY, code_of


def asks(user, role=None):
    """A request as the middleware leaves it, with this user's role (the first, unless named)."""
    request = RequestFactory().get("/")
    request.user = user
    request.duties = duties_of(user, TODAY)
    request.duty = next((d for d in request.duties if role in (None, d.role)), None)
    return request


def test_the_mentor_opens_a_pupil_and_the_visit_is_written_down(pals):
    pupil, grant = open_pupil_or_404(asks(pals.asa), pals.mira, page="signals")

    visit = Visit.objects.get()
    assert (pupil.name, pupil.code) == ("Mira Åkesson", pals.mira)
    assert grant == Grant(pals.mira, "bjorkeby", Ground("mentor", "own_group", pals.group("9A")), visit.pk)
    assert (visit.viewer, visit.pupil, visit.page) == (pals.asa, pals.mira, "signals")
    assert (visit.role, visit.reach, visit.through) == ("mentor", "own_group", pals.group("9A"))


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("asa", "mira noor"),
        ("omar", "sixten"),
        ("tova", "mira ali"),
        ("petra", "mira noor ali"),
        ("hanna", "mira noor ali"),
        ("kim", "leo"),
        ("rut", ""),
        ("adam", ""),
        ("dag", ""),
        ("charlie", ""),
    ],
)
def test_each_adult_opens_exactly_these_pupils(pals, who, sees):
    opened = set()
    for name in ("mira", "noor", "vera", "ali", "sixten", "leo", "kaj"):
        try:
            open_pupil_or_404(asks(getattr(pals, who)), code_of(name), page="x")
            opened.add(name)
        except Http404:
            continue
    assert opened == set(sees.split())
    assert Visit.objects.count() == len(opened)


def test_two_roles_see_what_the_chosen_one_sees(pals):
    open_pupil_or_404(asks(pals.sam, "mentor"), pals.ali, page="x")
    with pytest.raises(Http404):
        open_pupil_or_404(asks(pals.sam, "teacher"), pals.ali, page="x")


@pytest.mark.parametrize("code", ["", "nobody", "mira", "0" * 500, "\x00", "mira\x00xxxxxxxxxxxx", "' OR 1=1 --"])
def test_a_code_that_is_nobodys_is_absent(pals, code):
    with pytest.raises(Http404):
        open_pupil_or_404(asks(pals.asa), code, page="x")


def test_an_adult_is_not_a_pupil(pals):
    Membership.objects.create(group_id=pals.group("9A"), pupil_id=code_of("tova"))
    with pytest.raises(Http404):
        open_pupil_or_404(asks(pals.asa), code_of("tova"), page="x")


@pytest.mark.parametrize(
    "change",
    [
        {"security_marking": "Sekretessmarkering"},
        {"security_marking": "Skyddad folkbokföring"},
        {"status": "Avliden"},
        {"gone_on": TODAY},
        {"in_source": False},
    ],
)
def test_a_withheld_pupil_is_absent(pals, change):
    Person.objects.filter(code=pals.mira).update(**change)
    with pytest.raises(Http404):
        open_pupil_or_404(asks(pals.asa), pals.mira, page="x")


def test_a_duty_that_ended_yesterday_opens_nothing_and_one_that_ends_today_does(pals):
    Duty.objects.filter(person=code_of("asa")).update(end_date=TODAY)
    open_pupil_or_404(asks(pals.asa), pals.mira, page="x")
    Duty.objects.filter(person=code_of("asa")).update(end_date=TODAY - timedelta(days=1))
    with pytest.raises(Http404):
        open_pupil_or_404(asks(pals.asa), pals.mira, page="x")


@pytest.mark.parametrize(
    ("dates", "opens"),
    [
        ({"start_date": TODAY}, True),
        ({"start_date": TODAY + timedelta(days=1)}, False),
        ({"end_date": TODAY}, True),
        ({"end_date": TODAY - timedelta(days=1)}, False),
    ],
)
def test_a_group_gives_a_ground_between_its_own_dates_only(pals, dates, opens):
    Group.objects.filter(code=pals.group("9A")).update(**dates)
    try:
        open_pupil_or_404(asks(pals.asa), pals.mira, page="x")
        opened = True
    except Http404:
        opened = False
    assert opened is opens


def test_absent_and_refused_ask_the_database_the_same(pals):
    def asked(code):
        request = asks(pals.omar)
        with (
            CaptureQueriesContext(
                connection,
            ) as queries,
            pytest.raises(Http404),
        ):
            open_pupil_or_404(request, code, page="x")
        return [query["sql"].replace(code, "CODE") for query in queries]

    Person.objects.filter(code=pals.noor).update(security_marking="Sekretessmarkering")
    assert asked(pals.mira) == asked(pals.noor) == asked(code_of("nobody"))


def test_a_group_outside_ones_reach_is_absent(pals):
    assert open_group_or_404(asks(pals.asa), pals.group("9A")).display_name == "9A"
    for who, group in [(pals.asa, "9B"), (pals.petra, "8A"), (pals.charlie, "9A"), (pals.rut, "9A"), (pals.asa, "10Z")]:
        with pytest.raises(Http404):
            open_group_or_404(asks(who), pals.group(group))


def test_a_visit_that_can_not_be_written_opens_nothing(pals, monkeypatch):
    def fail(**_):
        raise RuntimeError("disk full")

    monkeypatch.setattr(Visit.objects, "create", fail)
    with pytest.raises(RuntimeError):
        open_pupil_or_404(asks(pals.asa), pals.mira, page="x")
