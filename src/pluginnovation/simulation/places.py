"""The made-up region: thirteen municipalities that don't exist, and words to name their schools with.

The sizes are those of Göteborgsregionen: residents of 16 to 64 in upper secondary school, autumn 2024
(regionfakta.com; the second largest from 2017). The names were made up and checked against public text: none is
a Swedish municipality or locality that we know of. The codes (99..) belong to no county.
"""

from dataclasses import dataclass

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
    def authority(self) -> str:
        """The id of its school authority (huvudman)."""
        return f"h{self.no:02d}"


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

# The second municipality stands for one in another county, where the winter break comes a week later.
MUNICIPALITIES = tuple(
    Municipality(no, f"99{no:02d}", name, weight, 8 if no == 2 else 7)
    for no, (name, weight) in enumerate(_SIZES, start=1)
)

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
