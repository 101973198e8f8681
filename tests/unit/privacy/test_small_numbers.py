"""Small numbers: nobody can be singled out, also not by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.privacy.small_numbers import FEWEST, Count, hidden_places, too_few


def test_large_places_are_shown():
    assert hidden_places([Count(100, 30), Count(200, 50)]) == frozenset()


def test_a_small_place_takes_the_next_smallest_with_it_so_that_it_cannot_be_subtracted():
    assert hidden_places([Count(8, 4), Count(100, 30), Count(60, 20)]) == {0, 2}


def test_the_part_and_its_complement_are_counted_too():
    assert too_few(Count(100, 9))
    assert too_few(Count(100, 91))
    assert not too_few(Count(100, 10))


def test_places_that_are_all_small_are_all_hidden():
    assert hidden_places([Count(3, 1), Count(4, 2)]) == {0, 1}


counts = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Count(max(pair), min(pair))), max_size=13
)


@given(counts)
def test_what_is_shown_is_large_and_what_is_hidden_is_large_together(places):
    hidden = hidden_places(places)

    assert not any(too_few(count) for place, count in enumerate(places) if place not in hidden)
    together = [places[place] for place in hidden]
    whole = Count(sum(count.all for count in together), sum(count.some for count in together))
    assert not together or len(hidden) == len(places) or not too_few(whole, FEWEST)
