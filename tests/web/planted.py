"""One row in every fenced table about Sixten, or by Omar: rows that Åsa, a mentor at another school, may never see."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from pluginnovation.web.config.fence.rows import FENCED
from pluginnovation.web.people.sealed import SealedBytes
from tests.pals import SOURCE, TODAY, Pals

AT = datetime(2026, 4, 23, 9, tzinfo=ZoneInfo("Europe/Stockholm"))
# Columns that hold the code of a person without being a key to one.
CODES = ("pupil", "code")
# What a column must be for a rule of its table.
SAID: dict[str, Any] = {
    "ends_at": AT + timedelta(hours=2), "of": None, "why": "", "verdict": "", "decided_at": None, "used_at": None,
    "kind": "unmasking", "role": "mentor", "since": TODAY, "as_of": TODAY, "judged_at": None, "lifted_at": None,
    "aware_at": AT, "to_report": None, "table": "people_person", "signal": "absence_28d",
    "priority": 2, "ends": TODAY + timedelta(days=90), "closes_at": AT + timedelta(hours=2), "amount": 7,
    "followed": "yes",
}  # fmt: skip


def models_of_the_fence() -> dict[str, type[models.Model]]:
    """The model of each fenced table, as far as there is one."""
    found = {model._meta.db_table: model for model in apps.get_models()}
    return {table: found[table] for table in FENCED if table in found}


def plant(pals: Pals) -> dict[str, models.Model]:
    """Write the rows, past every rule that ties tables together; the row of each table."""
    rows = {}
    with connection.cursor() as cursor:
        for table, model in models_of_the_fence().items():
            row = _row(model, pals)
            key = connection.ops.quote_name(model._meta.pk.column)
            if row.pk:
                cursor.execute(f"DELETE FROM {table} WHERE {key} = %s", [row.pk])
            if table == "people_schooled":  # which triggers have written already
                cursor.execute("DELETE FROM people_schooled WHERE pupil_id = %s", [pals.sixten])
            row.save(force_insert=True)
            rows[table] = row
        # Whoever has just added a row of the audit log is told its number; these were added some time ago.
        cursor.execute("SELECT nextval('people_auditevent_id_seq')")
    return rows


def _row(model: type[models.Model], pals: Pals) -> models.Model:
    own = {field.name: _value(field, pals) for field in model._meta.concrete_fields}
    return model(**{name: value for name, value in own.items() if value is not models.NOT_PROVIDED})


def _value(field: Any, pals: Pals) -> Any:
    if field.is_relation:
        return _related(field, pals)
    if field.null and field.name == "why":
        return models.NOT_PROVIDED
    if field.name in SAID and not field.primary_key:
        return SAID[field.name] if SAID[field.name] is not None or field.null else models.NOT_PROVIDED
    if field.name in CODES and isinstance(field, models.CharField):
        return pals.sixten
    if field.name == "group" and field.model._meta.app_label == "support":
        return ""  # these rows are about one: the pupil
    if field.name in ("group", "school"):
        return pals.place("8A") if field.name == "group" else pals.place("alm")
    if field.name == "source":
        return SOURCE
    if isinstance(field, models.AutoField) or field.null or field.has_default():
        return models.NOT_PROVIDED
    kinds = ((models.DateTimeField, AT), (models.DateField, TODAY), (models.BooleanField, False),
             (models.IntegerField, 7), (models.UUIDField, "1f6dd0a2-1b2b-4a54-8e63-000000000001"),
             (models.JSONField, {}), (ArrayField, []), (SealedBytes, b"x"), (models.Field, "x"))  # fmt: skip
    return next(value for kind, value in kinds if isinstance(field, kind))


def _related(field: Any, pals: Pals) -> Any:
    target = field.related_model.__name__
    if target == "User" and field.model.__name__ in ("Duty", "DutyEvent"):
        return None  # a duty has one holder, the person
    if target == "User":
        return None if field.null and field.name not in ("by", "viewer", "user") else pals.omar
    if target == "Person":
        return field.related_model(pk=pals.sixten)
    if target == "Group":
        return field.related_model(pk=pals.place("8A"))
    if target == "Organisation":
        return field.related_model(pk=pals.place("alm"))
    if field.null and (field.model.__name__, field.name) != ("FollowUp", "measure"):
        return None
    return field.related_model.objects.order_by("-pk").first() or _saved(_row(field.related_model, pals))


def _saved(row: models.Model) -> models.Model:
    row.save(force_insert=True)
    return row
