"""What whoever looks after the node asks about its methods: the file it stands on, and withdrawn methods in use."""

from collections.abc import Iterable

from pluginnovation.web.support.models import Measure

from .models import TakenCatalogue


def held() -> tuple[int, bytes] | None:
    """The newest catalogue's version and its signed file; None: none was taken over."""
    row = TakenCatalogue.objects.order_by("-version").first()
    return (row.version, bytes(row.signed)) if row else None


def in_use(keys: Iterable[str]) -> tuple[int, int, list[str]]:
    """Of the measures that go on and follow a method: how many follow one of these, how many there are, and which."""
    standing = Measure.objects.exclude(state=Measure.ENDED).exclude(method="")
    found = list(standing.filter(method__in=list(keys)).values_list("method", flat=True))
    return len(found), standing.count(), sorted(set(found))
