"""The made-up region: up to 290 municipalities that don't exist, and words to name their schools with.

The first thirteen have the sizes of Göteborgsregionen: residents of 16 to 64 in upper secondary school, autumn 2024
(regionfakta.com; the second largest from 2017). Their names were made up and checked against public text: none is a
Swedish municipality or locality that we know of. The others are put together from two parts each, and their sizes are
log-normal with the median and spread of Sweden's municipalities. The codes (97.. to 99..) belong to no county.
"""

from dataclasses import dataclass
from math import exp
from statistics import NormalDist

SOURCE = "pahittad-region"


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality: its number here, its code, its name, its weight and the week of its winter break."""

    no: int
    code: str
    name: str
    weight: int
    winter_break_week: int = 7

    @property
    def key(self) -> str:
        """Two characters that every id within it begins with: 01 to 99, then a0 to t0."""
        if self.no < 100:
            return f"{self.no:02d}"
        ten, one = divmod(self.no - 100, 10)
        return f"{chr(97 + ten)}{one}"

    @property
    def authority(self) -> str:
        """The id of its school authority (huvudman)."""
        return f"h{self.key}"


_SIZES = (
    ("Älvskär", 18_940),
    ("Havsåsa", 3_124),
    ("Holmforsa", 2_585),
    ("Ljungsala", 1_975),
    ("Hasselmora", 1_906),
    ("Tornåsa", 1_787),
    ("Granvika", 1_563),
    ("Björksala", 1_561),
    ("Lerhamra", 1_241),
    ("Stenmarka", 1_186),
    ("Öndenäs", 583),
    ("Sjöhälla", 504),
    ("Rönnslätt", 458),
)

_FIRST_PARTS = (
    "Alm", "Bränn", "Dagg", "Elm", "Fager", "Fjäll", "Frost", "Getar", "Gläns", "Hager", "Hjort", "Häger", "Järpe",
    "Kvist", "Lunde", "Lärk", "Myr", "Norrå", "Orre", "Rim", "Räv", "Silver", "Skogs", "Sträng", "Svan", "Tran",
    "Vide", "Åker",
)  # fmt: skip
_LAST_PARTS = ("hamra", "forsmora", "åsala", "hällstad", "skärsa", "markala", "vikstad", "sjömora", "lösala", "bohamra")
MEDIAN, SPREAD = 570, 0.95  # upper secondary pupils of a municipality: median, and standard deviation of the logarithm
MOST = 290
GROUP = 13  # municipalities that pupils commute between


def _others() -> tuple[tuple[str, int], ...]:
    """Name and size of the municipalities after the thirteen, large and small mixed."""
    number = MOST - len(_SIZES)
    names = [first + last for last in _LAST_PARTS for first in _FIRST_PARTS]
    draw = NormalDist(0.0, SPREAD)
    # 118 and 277 have no common factor, so every rank comes once.
    ranks = [(i * 118 + 60) % number for i in range(number)]
    return tuple(
        (name, round(MEDIAN * exp(draw.inv_cdf((rank + 0.5) / number))))
        for name, rank in zip(names[:number], ranks, strict=True)
    )


def _winter_week(no: int) -> int:
    """The second municipality stands for one in another county, where the break comes a week later; weeks 7-10."""
    return 8 if no == 2 else 7 + (no - 1) // GROUP % 4


MUNICIPALITIES = tuple(
    Municipality(no, f"{99 - no // 100}{no % 100:02d}", name, weight, _winter_week(no))
    for no, (name, weight) in enumerate((*_SIZES, *_others()), start=1)
)


def neighbours(municipality: Municipality) -> tuple[Municipality, ...]:
    """The municipalities whose pupils may go to school there: the other ones of its thirteen, in the region or not."""
    group = (municipality.no - 1) // GROUP
    return tuple(each for each in MUNICIPALITIES if (each.no - 1) // GROUP == group and each.no != municipality.no)


_TREES = (
    "Ek", "Björk", "Lind", "Tall", "Gran", "Alm", "Ask", "Al", "Hassel", "Rönn", "Sol", "Vind", "Kvarn", "Berg",
    "Sten", "Sjö", "Ström", "Häger", "Lärk", "Tran", "Svan", "Norr", "Öster", "Väster", "Söder", "Lönn", "Ljung",
    "Klöver", "Lo", "Räv", "Hjort", "Ör", "Måne", "Dagg", "Frost", "Vår", "Hag", "Skog", "Mark", "Å",
)  # fmt: skip
_ENDINGS = ("backs", "ängs", "höjds", "lids", "dals", "lunds", "ås", "slätts", "hults", "gårds", "haga", "viks")

# Every pair once, in an order where neighbours differ in both parts; 480 names, reused with a number after that.
SCHOOL_STEMS = tuple(
    _TREES[(i * 7) % len(_TREES)] + _ENDINGS[(i + i // len(_TREES)) % len(_ENDINGS)]
    for i in range(len(_TREES) * len(_ENDINGS))
)


def school_name(municipality: int, school: int, upper_secondary: bool) -> str:
    """What a school is called. No name comes twice in a municipality, nor often in the region."""
    place = (municipality - 1) * 37 + (school - 1)
    turn, place = divmod(place, len(SCHOOL_STEMS))
    number = f" {turn + 1}" if turn else ""
    return SCHOOL_STEMS[place] + ("gymnasiet" if upper_secondary else "skolan") + number


def independent_name(name: str) -> str:
    """What an independent school is called: 'Ekbacks friskola', 'Ekbacks fria gymnasium'."""
    for ending, own in (("skolan", " friskola"), ("gymnasiet", " fria gymnasium")):
        stem, found, number = name.partition(ending)
        if found:
            return f"{stem.removesuffix('s')}s{own}{number}"
    return name
