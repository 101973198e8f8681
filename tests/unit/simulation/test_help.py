"""What help is planted is what the worlds differ by, and nothing else; each design chooses as it says."""

import time

import numpy as np
import pytest

from pluginnovation.simulation.help.course import part_of_effect
from pluginnovation.simulation.help.draws import Draws, spread
from pluginnovation.simulation.help.noticing import DONE, ONLY_SEEN
from pluginnovation.simulation.help.region import Parts, RegionHelp, make_ground
from pluginnovation.simulation.lives.people import make_people
from pluginnovation.simulation.scenario_read import ordinary, parsed_scenario
from pluginnovation.simulation.worlds import Worlds, horizon, lives_of, outcome

from .stand_in import StandIn, odds, scenario, some_people, worlds

EFFECT = "\n[sub_projects.tried.effect]\n"
LOTTERY = 'assignment = "lottery"\n'
STAFF = 'assignment = "staff_choice"\nshare = 0.3\nstrength = 1.5\n'
KEYS = ("half_year", "in_school", "unit", "absence", "passed", "degree_term")


def same(one, other) -> bool:
    return all(getattr(one, key).tobytes() == getattr(other, key).tobytes() for key in KEYS)


def seen_in(lived: Worlds, name: str = "passed", term: int | None = None):
    """Outcome without and with the sub-project, who was offered it, and who could have been."""
    (contrast,) = lived.contrasts
    term = horizon(contrast.sub_project) if term is None else term
    without, with_ = (outcome(world.lived, name, term) for world in (contrast.without, contrast.lived))
    offer = contrast.lived.help.trials["tried"].offer
    return without, with_, offer.offered, offer.candidate


def effect(lived: Worlds, name: str = "passed", term: int | None = None) -> float:
    without, with_, offered, _ = seen_in(lived, name, term)
    return float(np.nanmean((with_ - without)[offered]))


def naive(lived: Worlds, name: str = "passed") -> float:
    _, with_, offered, candidate = seen_in(lived, name)
    return float(np.nanmean(with_[offered]) - np.nanmean(with_[candidate & ~offered]))


@pytest.mark.parametrize("real", [True, False])
def test_help_without_effect_is_no_help_bit_for_bit(real):
    people = make_people([150, 100], 3) if real else some_people(300)
    live = lives_of(people, 3) if real else StandIn(people, 3)
    nothing = parsed_scenario(
        'name = "nothing"\n[everyday.effect]\nabsence = 0\npassing = 0\nleaving = 0\nreturning = 0\n'
        '[sub_projects.tried]\nmethod = "outreach"\nassignment = "lottery"\nspill_over = 0.5\nanticipation = 0.3\n'
    )
    adults = RegionHelp(make_ground(nothing, people, 3), Parts(sub_projects=frozenset({"tried"})))
    assert same(live(None), live(adults))
    assert len(adults.log.frame("doses")) > 100


def test_before_it_begins_the_worlds_are_one(request):
    lived = worlds(scenario(LOTTERY + "start = 6" + EFFECT + "passing = 1\nabsence = -1"))
    with_, without = lived.lived.lived, lived.without.lived
    assert with_.absence[:6].tobytes() == without.absence[:6].tobytes()
    assert not np.array_equal(with_.absence[6], without.absence[6])
    assert np.array_equal(with_.absence[8:10], without.absence[8:10])


def test_the_planted_effect_is_what_the_worlds_differ_by():
    planted = 0.8
    lived = worlds(scenario(LOTTERY + EFFECT + f"passing = {planted}"))
    _, _, offered, _ = seen_in(lived)
    people, without = lived.ground.people, lived.without.lived
    base = 1.4 + 0.6 * people.motivation + 0.9 * people.ability - 2 * without.absence[7]
    expected = odds(base + planted) - odds(base)
    spread = np.sqrt(2 * 0.25 / 16 / offered.sum())
    assert effect(lived) == pytest.approx(expected[offered].mean(), abs=3 * spread)
    assert effect(lived, "absence") == 0


@pytest.mark.parametrize(("said", "least", "most"), [("passing = 0.5", 0.04, 0.12), ("passing = 0", 0, 0),
                                                     ("passing = -0.5", -0.14, -0.05)])  # fmt: skip
def test_methods_help_do_nothing_or_harm_as_planted(said, least, most):
    assert least <= effect(worlds(scenario(LOTTERY + EFFECT + said))) <= most


def test_a_lottery_is_right_on_average():
    wrong = []
    for seed in range(20):
        lived = worlds(scenario(LOTTERY + EFFECT + "passing = 0.6"), size=400, seed=seed)
        wrong.append(naive(lived) - effect(lived))
    assert abs(np.mean(wrong)) < 3 * np.std(wrong) / np.sqrt(len(wrong))
    assert np.std(wrong) < 0.05


def test_a_helpful_programme_for_those_who_need_it_looks_harmful():
    lived = worlds(scenario(STAFF + EFFECT + "passing = 0.6"), size=600)
    assert effect(lived) > 0.08
    assert naive(lived) < -0.05
    lived = worlds(scenario(STAFF + EFFECT + "passing = 0.6"), size=2_400, schools=30)
    assert effect(lived) > 0.08
    assert naive(lived) < -0.05


def left_over(gamma: float) -> tuple[float, float]:
    """What those who were offered help would have passed more without it, and how much more motivated they are, when
    everything that was recorded of them is taken into account."""
    lived = worlds(scenario(STAFF + f"gamma = {gamma}\n"), size=3_000)
    without, _, offered, _ = seen_in(lived)
    offer, people = lived.contrasts[0].lived.help.trials["tried"].offer, lived.ground.people
    known = [np.ones(len(offered)), offered, offer.absence, offer.passed, offer.passed**2, offer.absence**2]
    found = np.linalg.lstsq(np.stack(known, axis=1), np.stack([without, people.motivation], axis=1), rcond=None)[0]
    return float(found[1, 0]), float(found[1, 1])


def test_what_staff_see_and_records_do_not_is_left_when_all_records_are_adjusted_for():
    open_, hidden, very = left_over(0), left_over(0.5), left_over(1.5)
    assert open_[1] == pytest.approx(0, abs=0.1)
    assert very[1] < hidden[1] < open_[1] - 0.1
    # The same chance in all three, so only the choice differs.
    assert very[0] < hidden[0] < open_[0] - 0.01


def test_staff_choose_as_many_as_they_were_to():
    for share in (0.1, 0.5):
        lived = worlds(scenario(f'assignment = "staff_choice"\nshare = {share}\ngamma = 1\n'), size=3_000)
        _, _, offered, candidate = seen_in(lived)
        assert offered.sum() / candidate.sum() == pytest.approx(share, abs=0.03)


def test_a_lottery_has_the_same_share_of_places_at_each_school():
    lived = worlds(scenario(LOTTERY + "share = 0.25"))
    _, _, offered, candidate = seen_in(lived)
    unit = lived.without.lived.unit[6]
    for school in np.unique(unit):
        here = candidate & (unit == school)
        assert abs(offered[here].sum() - 0.25 * here.sum()) <= 1


def test_a_school_draw_takes_whole_schools_in_every_municipality():
    lived = worlds(scenario('assignment = "school_draw"\nshare = 0.4\n'), schools=30)
    _, _, offered, _ = seen_in(lived)
    unit = lived.without.lived.unit[6]
    shares = {school: offered[unit == school].mean() for school in np.unique(unit)}
    assert set(shares.values()) == {0.0, 1.0}
    for municipality in (1, 2, 3):
        chosen = [share for school, share in shares.items() if school // 1000 == municipality]
        assert abs(sum(chosen) - 0.4 * len(chosen)) < 1


def test_schools_begin_in_their_turn_and_the_effect_grows():
    said = 'assignment = "staggered"\nstarts = [4, 6, 8]\nshare = 0.8\nterms = 6\nbuild_up_terms = 4\n'
    lived = worlds(scenario(said + EFFECT + "passing = 1"), schools=30)
    offer = lived.contrasts[0].lived.help.trials["tried"].offer
    assert set(np.unique(offer.starts)) == {-1, 4, 6, 8}
    for term, part in ((3, 0), (4, 0.25), (5, 0.5), (6, 0.75), (7, 1)):
        without, with_ = (world.lived.passed[term] for world in (lived.contrasts[0].without, lived.lived))
        first = (with_ - without)[offer.starts == 4].mean()
        assert first == pytest.approx(part * 0.145, abs=0.03)
        if term < 6:
            assert (with_ == without)[offer.starts != 4].all()


def test_at_the_line_there_is_a_jump_a_heap_and_some_who_go_astray():
    people_said = 'assignment = "threshold"\ncutoff = 0.1\nheaping_width = 0.02\n'
    exact = worlds(scenario(people_said)).contrasts[0].lived.help.trials["tried"].offer
    nudged = worlds(scenario(people_said + "fuzz = 0.1\nheaping = 0.8\n")).contrasts[0].lived.help.trials["tried"].offer
    assert ((exact.score >= 0.1) == exact.offered).all()
    astray = (nudged.score >= 0.1) != nudged.offered
    assert 0.07 < astray.mean() < 0.13
    under, at = ((score >= 0.08) & (score < 0.1) for score in (exact.score, nudged.score))
    assert at.sum() < 0.4 * under.sum()
    assert (nudged.score == 0.1).sum() > (exact.score == 0.1).sum() + 0.6 * under.sum()


def test_one_municipality_does_it_and_the_others_do_not():
    lived = worlds(scenario('assignment = "one_municipality"\nmunicipality = 2\n'))
    _, _, offered, candidate = seen_in(lived)
    assert np.array_equal(offered, candidate & (lived.ground.people.municipality == 2))


def test_only_those_it_is_for_can_be_offered_it():
    lived = worlds(scenario(LOTTERY + "absence_from = 0.1\nfailed_from = 3\nmunicipalities = [1]\n"))
    offer = lived.contrasts[0].lived.help.trials["tried"].offer
    for_them = (offer.absence >= 0.1) & (offer.failed >= 3) & (lived.ground.people.municipality == 1)
    assert np.array_equal(offer.candidate, for_them)
    assert 10 < offer.candidate.sum() < 500


def test_youths_outside_school_are_helped_back_by_their_municipality():
    lived = worlds(scenario(LOTTERY + 'who = "out_of_school"\nstart = 12\n' + EFFECT + "returning = 2"))
    offer = lived.contrasts[0].lived.help.trials["tried"].offer
    assert set(np.unique(offer.site)) == {1, 2, 3}
    assert not lived.without.lived.in_school[12][offer.candidate].any()
    assert effect(lived, "in_school", 12) > 0.15


def test_help_spills_over_to_classmates_only_and_less_than_it_helps():
    lived = worlds(scenario(LOTTERY + "spill_over = 0.5\nmunicipalities = [1]\n" + EFFECT + "passing = 1"))
    without, with_, offered, candidate = seen_in(lived)
    gain = with_ - without
    assert gain[offered].mean() > 0.1
    # Half of what half the class has.
    assert gain[candidate & ~offered].mean() == pytest.approx(gain[offered].mean() / 4, rel=0.35)
    elsewhere = ~np.isin(lived.ground.people.class_no, lived.ground.people.class_no[candidate])
    assert elsewhere.any() and (gain[elsewhere] == 0).all()


def test_what_is_anticipated_is_there_a_term_before():
    lived = worlds(scenario(LOTTERY + "anticipation = 0.5\n" + EFFECT + "passing = 1"))
    assert effect(lived, term=4) == 0
    assert effect(lived, term=5) == pytest.approx(effect(lived, term=6) / 2, rel=0.3)


def test_those_who_never_begin_or_leave_get_less_of_it():
    said = LOTTERY + "terms = 4\nstart = 5\ntake_up = 0.6\ndelivered = 0.7\ndrop_out = 0.2\nplanned_dose = 8\n"
    lived = worlds(scenario(said + EFFECT + "passing = 1"))
    trial = lived.lived.help.trials["tried"]
    assert trial.begun.sum() / trial.offer.offered.sum() == pytest.approx(0.6, abs=0.05)
    assert not (trial.begun & ~trial.offer.offered).any()
    assert (trial.delivered <= trial.planned).all()
    stayed = trial.begun & (trial.stop == 9)
    assert stayed.sum() / trial.begun.sum() == pytest.approx(0.8**3, abs=0.06)
    assert trial.delivered[stayed].sum() / trial.planned[stayed].sum() == pytest.approx(0.66, abs=0.05)
    whole = worlds(scenario(LOTTERY + "terms = 4\nstart = 5\n" + EFFECT + "passing = 1"))
    assert 0.1 < effect(lived) / effect(whole) < 0.4


def test_half_the_dose_has_half_the_effect():
    half, whole = (worlds(scenario(f"{LOTTERY}delivered = {share}\nplanned_dose = 100\n{EFFECT}absence = -0.6"))
                   for share in (0.5, 1))  # fmt: skip
    assert effect(half, "absence") / effect(whole, "absence") == pytest.approx(0.55, abs=0.06)


def test_bands_and_sites_differ_as_planted():
    said = "[sub_projects.tried.by_absence]\nfrom_10 = 0.5\nfrom_15 = 0\nfrom_20 = -1\n"
    lived = worlds(scenario(LOTTERY + EFFECT + "absence = -0.8\n" + said), size=3_000)
    without, with_, offered, _ = seen_in(lived, "absence")
    before = lived.lived.help.trials["tried"].offer.absence
    log_odds = np.log(with_ / (1 - with_)) - np.log(without / (1 - without))
    for least, most, multiple in ((0.05, 0.1, 1), (0.1, 0.15, 0.5), (0.15, 0.2, 0), (0.2, 1, -1)):
        band = offered & (before >= least) & (before < most) & (with_ > 0) & (without > 0)
        assert log_odds[band].mean() == pytest.approx(-0.8 * multiple, abs=0.06)

    apart = worlds(
        scenario(LOTTERY + EFFECT + "[sub_projects.tried.between_sites]\npassing = 0.5"), schools=40, size=8_000
    )
    without, with_, offered, _ = seen_in(apart)
    unit = apart.without.lived.unit[7]
    gains = [np.mean((with_ - without)[offered & (unit == school)]) for school in np.unique(unit)]
    assert 0.04 < np.std(gains) < 0.12
    assert abs(np.mean(gains)) < 0.05


@pytest.mark.parametrize(
    ("said", "by_term"),
    [
        ("terms = 2", [0, 1, 1, 0, 0]),
        ("terms = 2\nlasts_terms = 1", [0, 1, 1, 1, 0]),
        ("terms = 4\ndelay_terms = 2", [0, 0, 0, 1, 1]),
        ("terms = 4\nbuild_up_terms = 4", [0, 0.25, 0.5, 0.75, 1]),
        ("terms = 4\nlock_in_terms = 2\nlock_in = 0.5", [0, -0.5, -0.5, 1, 1]),
        ("terms = 4\nanticipation = 0.3", [0.3, 1, 1, 1, 1]),
    ],
)
def test_an_effect_comes_and_goes_as_said(said, by_term):
    asked = scenario(f"{LOTTERY}{said}\n").sub_projects["tried"]
    since = np.arange(-1, 4)
    assert part_of_effect(asked, since, since - asked.terms + 1) == pytest.approx(by_term)


def test_chosen_schools_drift_in_both_worlds_and_the_effect_is_not_the_drift():
    said = 'assignment = "school_draw"\npre_trend = 0.1\n'
    lived = worlds(scenario(said + EFFECT + "absence = -0.5"), schools=30)
    without, with_, offered, _ = seen_in(lived, "absence")
    ahead = [np.mean(lived.without.lived.absence[term][offered]) - np.mean(lived.without.lived.absence[term][~offered])
             for term in (0, 3, 5)]  # fmt: skip
    assert ahead[0] < 0.01 < ahead[1] < ahead[2]
    log_odds = np.log(with_ / (1 - with_)) - np.log(without / (1 - without))
    assert log_odds[offered & (with_ > 0)].mean() == pytest.approx(-0.5, abs=0.06)


def test_schools_differ_as_much_as_said():
    even = worlds(scenario(LOTTERY), size=2_400, schools=40).without.lived
    apart = worlds(scenario(LOTTERY, first="[world]\nicc = 0.2"), size=2_400, schools=40).without.lived

    def between(lived) -> float:
        log_odds = np.log(np.clip(lived.passed[5], 0.03, 0.97) / (1 - np.clip(lived.passed[5], 0.03, 0.97)))
        return float(np.var([log_odds[lived.unit[5] == school].mean() for school in np.unique(lived.unit[5])]))

    assert between(apart) > 5 * between(even)


def test_some_sites_are_tiny_and_some_participants_move():
    said = scenario(LOTTERY + "terms = 4\n", first="[world]\ntiny_sites = 0.5\ntiny_size = 4\nmovers = 0.2")
    lived = worlds(said, schools=30)
    trial = lived.lived.help.trials["tried"]
    sizes = np.unique(trial.offer.site[trial.offer.candidate], return_counts=True)[1]
    assert 5 <= (sizes == 4).sum() <= 25
    assert (sizes[sizes != 4] > 40).all()
    ends = lived.lived.help.log.frame("ends")
    assert 0.3 < (ends["reason"] == 2).mean() < 0.65


def written(said: str, size: int = 1_000):
    """What adults wrote in a region that pays attention as said."""
    people = some_people(size)
    adults = RegionHelp(make_ground(parsed_scenario(f'name = "a"\n[noticing]\n{said}'), people, 1), Parts())
    StandIn(people, 1)(adults)
    return adults.log


def test_signals_are_noticed_as_often_and_as_late_as_said():
    def answers(said: str):
        return written(said).frame("answers")

    some, every = answers("notice_chance = 0.3\ndelay_days = 0"), answers("notice_chance = 1\ndelay_days = 0")
    assert len(some) / len(every) == pytest.approx(0.3, abs=0.02)
    assert len(answers("notice_chance = 0")) == 0
    late = answers("notice_chance = 1\ndelay_days = 20")
    assert late["day"].mean() == pytest.approx(20, abs=1.5)
    # What takes longer than the term isn't answered in it.
    never = answers("notice_chance = 1\ndelay_days = 365")
    assert len(never) / len(every) == pytest.approx(1 - np.exp(-116 / 365), abs=0.03)
    assert never["day"].max() <= 115
    assert answers("notice_chance = 1\ndelay_days = 0\njudged_wrong = 1")["done"].unique().to_list() == [4]
    late = answers("notice_chance = 1\ndelay_days = 0\ngiven_days = 100\nonly_seen = 0.5")
    assert (late["day"] == late["given"]).all()
    assert 45 < late["given"].mean() < 55
    assert 0.4 < (late["done"] == DONE.index(ONLY_SEEN)).mean() < 0.55


def test_whoever_says_that_nothing_more_is_needed_begins_nothing():
    log = written("only_seen = 1\njudged_wrong = 0\n[everyday]\nmeasure_chance = 1", 400)
    assert len(log.frame("answers")) > 50
    assert not len(log.frame("starts"))


def test_another_way_to_record_gives_more_signals_about_the_same_absence():
    people = some_people(1_000)

    def signals(said: str) -> dict[int, int]:
        whole = f'name = "a"\n[noticing]\nnotice_chance = 1\ndelay_days = 0\nfailed_from = 40\n{said}'
        adults = RegionHelp(make_ground(parsed_scenario(whole), people, 1), Parts())
        StandIn(people, 1)(adults)
        return dict(adults.log.frame("answers").group_by("term").len().iter_rows())

    before, after = signals("[everyday]\nmeasure_chance = 0"), signals(
        "[everyday]\nmeasure_chance = 0\n[records]\nrecording_change_term = 5\nrecording_change = 2"
    )  # fmt: skip
    assert before[5] == after[5]
    assert after[6] > 1.5 * before[6]


def test_the_same_seed_gives_the_same_help_and_another_seed_another():
    one, again, other = (worlds(scenario(LOTTERY + EFFECT + "passing = 1"), size=500, seed=seed) for seed in (1, 1, 2))
    assert same(one.lived.lived, again.lived.lived)
    assert not same(one.lived.lived, other.lived.lived)


def test_a_municipality_that_is_added_changes_nobody_elses_help():
    said = ordinary()
    few, more = make_people([200, 150], 5), make_people([200, 150, 120], 5)
    logs = []
    for people in (few, more):
        adults = RegionHelp(make_ground(said, people, 5), Parts())
        lives_of(people, 5)(adults)
        answers = adults.log.frame("answers")
        logs.append(answers.filter((answers["pupil"] < len(few)) & (answers["term"] < 10)))
    assert len(logs[0]) > 50
    assert logs[0].equals(logs[1])


def test_help_costs_little():
    people, said = some_people(2_000), scenario(LOTTERY)
    slow, fast = [], []
    for _ in range(3):
        for help_, times in ((RegionHelp(make_ground(ordinary(), people, 1), Parts()), slow), (None, fast)):
            began = time.process_time()
            StandIn(people, 1)(help_)
            times.append(time.process_time() - began)
    assert min(slow) - min(fast) < 0.5
    assert said.sub_projects


def test_chance_is_a_municipalitys_own_and_a_purposes_own():
    two, three = Draws(1, np.array([1, 2, 1, 2])), Draws(1, np.array([1, 2, 3, 1, 2]))
    for drawn in (Draws.per_pupil, lambda draws, what: draws.per_term(what, 7)):
        first = drawn(two, "lot")
        assert len(set(first)) == 4
        assert np.array_equal(first, drawn(three, "lot")[[0, 1, 3, 4]])
        assert not set(first) & set(drawn(two, "take-up"))
    assert not set(two.per_term("lot", 1)) & set(two.per_term("lot", 2))
    sites = two.per_site("places", np.array([1001, 1002, 1001]))
    assert sites[0] == sites[2] != sites[1]


def test_a_dose_is_spread_about_its_mean_and_never_above_what_was_planned():
    uniform = (np.arange(2_000) + 0.5) / 2_000
    for mean, most in ((0.3, 10), (0.75, 12), (0.02, 200), (1, 5), (0, 5)):
        given = spread(uniform, mean, most)
        assert given.mean() == pytest.approx(mean * most, abs=0.05)
        assert given.min() >= 0 and given.max() <= most
        assert given.var() == pytest.approx(most * mean * (1 - mean), rel=0.05, abs=0.01)
