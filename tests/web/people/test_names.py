"""Swedish order, and the codes of places."""

from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.web.people.names import place_code, place_sort_key, sort_key

NAMES = [
    "Ek",
    "É-Linné",
    "Müller",
    "Mylonas",
    "von Essen",
    "Wass",
    "Zorn",
    "Åberg",
    "Ärla",
    "Æbelö",
    "Öberg",
    "Ørsted",
]


def test_names_stand_in_swedish_order():
    assert sorted(NAMES, key=lambda family: sort_key(family, "A")) == [
        "É-Linné", "Ek", "Müller", "Mylonas", "von Essen", "Wass", "Zorn", "Åberg", "Æbelö", "Ärla", "Öberg", "Ørsted",
    ]  # fmt: skip


def test_a_shorter_family_name_stands_before_a_longer_whatever_the_given_name():
    assert sort_key("Berg", "Örjan") < sort_key("Berga", "Anna") < sort_key("Bergan", "")


def test_letters_written_in_two_ways_sort_the_same():
    assert sort_key("A\u030aberg", "Ma\u0308rta") == sort_key("Åberg", "Märta")


def test_classes_stand_in_the_order_of_their_numbers():
    names = ["10A", "7B", "9A", "7A", "F-3", "Åk 9"]
    assert sorted(names, key=place_sort_key) == ["7A", "7B", "9A", "10A", "F-3", "Åk 9"]


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_name_has_a_key_that_the_database_takes(family, given_name):
    key = sort_key(family, given_name)
    assert len(key) <= 200
    assert "\x00" not in key


def test_a_code_belongs_to_one_source_and_fits_an_address():
    assert place_code("a", "7A") != place_code("b", "7A")
    assert place_code("a", "b\x1fc") != place_code("a", "b") != place_code("ab", "")
    assert len(place_code("a", "Å/ ?")) == 16
    assert place_code("a", "Å/ ?").isalnum()
