"""The catalogues that this node took over from its hub. They hold methods, and no person."""

from django.db import models


class TakenCatalogue(models.Model):
    """One catalogue, as the hub signed it. Rows are added; the newest stands, and a few before it are kept.

    hub, version, made_at   as the catalogue says; version counts upwards
    digest                  of what was signed, SHA-256 in hexadecimal
    methods, withdrawn      how many it has, and how many of them are withdrawn
    signed                  the whole file
    taken_at                when this node took it over
    """

    hub = models.TextField()
    version = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField()
    digest = models.TextField()
    methods = models.PositiveIntegerField()
    withdrawn = models.PositiveIntegerField()
    signed = models.BinaryField()
    taken_at = models.DateTimeField()
