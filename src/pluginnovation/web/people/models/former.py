"""Who somebody was before an import said otherwise."""

from django.db import models


class FormerIdentity(models.Model):
    """One row of a person or a place as an import found it, for as long as the import can be taken back.

    table   the table it is a row of
    row     the whole row, sealed fields still sealed; null: there was none
    """

    of_import = models.IntegerField(db_index=True)
    table = models.TextField()
    code = models.CharField(max_length=16, db_index=True, db_collation="C")
    row = models.JSONField(null=True)
    at = models.DateTimeField()
