"""Notes by class of secrecy. That a note exists is one thing; what it says is another."""

from django.db import models

from pluginnovation.web.people.sealed import SealedText

from .columns import NEVER_CHANGED, code, user


class Note(models.Model):
    """Somebody wrote something down about a pupil. Everyone with a ground sees that, and not what.

    secrecy   one of `privacy.secrecy.CLASSES`: who may read the text
    case      null: outside every case
    """

    pupil = code(indexed=True)
    case = models.ForeignKey("support.Case", models.CASCADE, null=True, related_name="notes")
    secrecy = models.TextField()
    by = user()
    role = models.TextField()
    at = models.DateTimeField()

    class Meta:
        triggers = [NEVER_CHANGED]


class NoteText(models.Model):
    """What a note says, sealed; in a table of its own, so that the database itself holds it from others.

    pupil, secrecy   as the note's, which the fence around the rows asks about
    """

    note = models.OneToOneField(Note, models.CASCADE, primary_key=True, related_name="words")
    pupil = code()
    secrecy = models.TextField()
    sealed = SealedText()
    by = user()

    class Meta:
        triggers = [NEVER_CHANGED]
