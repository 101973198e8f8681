"""Columns that several tables have alike."""

from django.db import models

from pluginnovation.web.support.models.columns import NEVER_CHANGED, code, user

__all__ = ["NEVER_CHANGED", "code", "municipality", "of_sub_project", "ore", "user"]


def municipality(*, indexed: bool = False) -> models.CharField:
    """The four digits of a municipality; empty: none."""
    return models.CharField(max_length=4, default="", db_index=indexed, db_collation="C")


def ore(*, empty: bool = False) -> models.BigIntegerField:
    """Money, in öre: whole numbers decide. Null: not said."""
    return models.BigIntegerField(null=True) if empty else models.BigIntegerField(default=0)


def of_sub_project(name: str) -> models.ForeignKey:
    """The sub-project that the row belongs to."""
    return models.ForeignKey("projects.SubProject", models.PROTECT, related_name=name)
