"""Every field has been decided about, and what must go really goes."""

from django.apps import apps

from pluginnovation.privacy.fields import ERASE, FIELDS, KEEP, NEVER_EXPORT, kind_of
from pluginnovation.web.people.sealed import SealedText
from pluginnovation.web.people.sink import HELD_BY_CODE

HISTORY = "pgh_"


def own_models():
    return [m for m in apps.get_models() if m.__module__.startswith(("pluginnovation.", "allauth."))]


def tables():
    """Each table with its fields, history tables under the table that they follow."""
    for model in own_models():
        fields = {field.name for field in model._meta.get_fields() if field.concrete}
        yield model._meta.label, {name for name in fields if not name.startswith(HISTORY)}


def test_every_field_of_every_table_is_decided_about():
    undecided = [
        f"{label}.{field}"
        for label, fields in tables()
        for field in fields
        if kind_of(label.removesuffix("Event") if label != "people.AuditEvent" else label, field) is None
    ]
    assert not sorted(undecided)


def test_no_field_is_decided_twice_and_none_that_is_not_there():
    known = dict(tables())
    for label, kinds in FIELDS.items():
        listed = [field for fields in kinds.values() for field in fields.split()]
        assert len(listed) == len(set(listed)), label
        assert set(listed) == known.get(label, set()), label
        assert set(kinds) <= {KEEP, ERASE, NEVER_EXPORT}


def test_what_is_sealed_is_never_exported():
    for model in own_models():
        for field in model._meta.get_fields():
            if isinstance(field, SealedText):
                assert kind_of(model._meta.label, field.name) == NEVER_EXPORT


def test_every_table_that_points_at_a_person_is_emptied_when_the_person_is_hidden():
    pointing = {
        (model._meta.db_table, field.column)
        for model in apps.get_app_config("people").get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model._meta.label == "people.Person" and field.name != "pgh_obj"
    } - {("people_user", "person_id"), ("people_schooled", "pupil_id")}  # the last goes by itself, with the enrolments
    assert pointing <= set(HELD_BY_CODE)
