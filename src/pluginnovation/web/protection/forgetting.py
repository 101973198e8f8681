"""Pupils whose identity is now protected, or who are disposed of, leave what points at them by name of a relation."""

from collections.abc import Sequence
from typing import Any

from .models import Anomaly


def forget(codes: Sequence[str], **_: Any) -> None:
    """Delete findings that say who a pupil is to somebody. The visits themselves stay, as codes."""
    Anomaly.objects.filter(pupil__in=list(codes)).delete()
