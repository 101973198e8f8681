"""Small numbers: nobody can be singled out, also not by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.privacy.small_numbers import FEWEST, Count, hidden_counts, hidden_places, sum_tells, too_few


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


def test_a_count_under_five_is_hidden_and_nought_is_not():
    assert hidden_counts([0, 3, 40, 2, 7], fewest=5) == {1, 3}


def test_one_hidden_count_takes_another_with_it_since_the_sum_would_tell_it():
    assert hidden_counts([0, 3, 40, 9], fewest=5) == {1, 3}
    assert hidden_counts([1, 1, 40, 9], fewest=5) == {0, 1, 3}


def test_alone_a_small_count_is_told_by_the_sum_and_so_the_sum_is_hidden():
    hidden = hidden_counts([0, 3], fewest=5)
    assert hidden == {1}
    assert sum_tells([0, 3], hidden, fewest=5)
    assert not sum_tells([4, 3, 9], hidden_counts([4, 3, 9], fewest=5), fewest=5)
