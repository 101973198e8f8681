"""Pupils whose identity is now protected leave every picture, answer and remembered change at once."""

from collections.abc import Sequence
from typing import Any

from .models import Answer, PupilSnapshot, SignalChange


def forget(codes: Sequence[str], **_: Any) -> None:
    """Delete every row about these pupils; `people.events.pupils_hidden` calls it inside the import's transaction."""
    for table in (PupilSnapshot, SignalChange, Answer):
        table.objects.filter(pupil__in=codes).delete()
