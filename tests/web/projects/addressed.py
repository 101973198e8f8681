"""One of everything of what is tried together, each with the number 1, for the table of addresses."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import connection

from pluginnovation.web.projects.models import (
    Application,
    ApplicationBudget,
    Call,
    CallQuestion,
    Criterion,
    LedgerEntry,
    Programme,
    ProgrammeGoal,
    ProgrammeMunicipality,
    Review,
    SubProject,
)
from tests.pals import HOME, TODAY, Pals

AT = datetime(2026, 4, 23, 9, tzinfo=ZoneInfo("Europe/Stockholm"))
DAY = timedelta(days=1)


def everything_once(pals: Pals) -> None:
    """Plug Innan with an open call, and Björkskolan's application, which Rut is asked to review; sub-project 1."""
    told = {"id": 1, "by": pals.rut, "at": AT}
    programme = Programme.objects.create(
        key="plug-innan", name="Plug Innan", own_share=5_000, starts=TODAY, ends=TODAY + 300 * DAY, **told
    )
    ProgrammeGoal.objects.create(programme=programme, kind="effect", text="Fler fullföljer", **told)
    ProgrammeMunicipality.objects.create(programme=programme, municipality=HOME, joined_on=TODAY, **told)
    call = Call.objects.create(
        programme=programme, name="Våren", opens_at=AT - DAY, closes_at=AT + DAY, published_at=AT - DAY, **told
    )
    CallQuestion.objects.create(call=call, number=1, text="Vad vill ni?", **told)
    Criterion.objects.create(call=call, kind="eligibility", number=1, text="Rektor står bakom", **told)
    school = {"school": pals.place("bjork"), "municipality": HOME}
    application = Application.objects.create(
        call=call, name="Närvaroteam", state="in_review", submitted_at=AT, **school, **told
    )
    ApplicationBudget.objects.create(application=application, grant=100, own=100, version=1, **told)
    Review.objects.create(application=application, reviewer=pals.rut, **told)
    sub_project = SubProject.objects.create(programme=programme, name="Närvaro", state="running", **school, **told)
    LedgerEntry.objects.create(
        sub_project=sub_project, on=TODAY, kind="cost", paid_by="own", category="travel", text="Buss", amount=100,
        **told,
    )  # fmt: skip
    _numbers_from_here(1_000)


def _numbers_from_here(first: int) -> None:
    """What is added after this gets another number than the first, which stands here already."""
    with connection.cursor() as cursor:
        for model in apps.get_app_config("projects").get_models():
            if model._meta.pk.get_internal_type() == "BigAutoField":
                cursor.execute(f"SELECT setval('{model._meta.db_table}_id_seq', %s)", [first])
