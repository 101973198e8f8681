"""The figures that goals are told by, as the pupil's picture has them now."""

from pluginnovation.support.goals import INDICATORS, Figure, figure_of
from pluginnovation.web.signals.figures import unpacked
from pluginnovation.web.signals.models import PupilSnapshot


def figures_now(pupil: str) -> dict[str, Figure]:
    """Each indicator's figure; those that aren't about this pupil are left out. One query."""
    packed = PupilSnapshot.objects.filter(pupil=pupil).values_list("figures", flat=True).first()
    found = {}
    for figure in map(unpacked, packed or ()):
        if figure.signal in INDICATORS:
            said = figure.said
            numbers = (said["value"], said["numerator"], said["denominator"])
            found[figure.signal] = figure_of(figure.signal, numbers, said["as_of"])
    return found
