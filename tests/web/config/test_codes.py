"""The codes of pupils, groups and schools stand in one order in every table, so that each is looked up by the other."""

from django.apps import apps
from django.db import models

LONG = 16


def test_every_code_has_the_order_of_bytes():
    codes = [
        (f"{model._meta.label}.{field.name}", field.db_collation)
        for model in apps.get_models()
        if model.__module__.startswith("pluginnovation.")
        for field in model._meta.local_fields
        if isinstance(field, models.CharField) and field.max_length == LONG
    ]
    assert len(codes) > 20
    assert [name for name, order in codes if order != "C"] == []
