"""Columns that several tables have alike."""

import pgtrigger
from django.db import models

NEVER_CHANGED = pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)


def code(*, indexed: bool = False) -> models.CharField:
    """The code of a pupil, a group, a school or an adult; empty: none."""
    return models.CharField(max_length=16, default="", db_index=indexed, db_collation="C")


def user(*, empty: bool = False) -> models.ForeignKey:
    """Who did it."""
    return models.ForeignKey("people.User", models.PROTECT, null=empty, related_name="+")
