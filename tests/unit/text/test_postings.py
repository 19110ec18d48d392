"""The index of samples: what it finds, in what order, and that how it was filled makes no difference."""

from collections import Counter
from collections.abc import Sequence
from struct import pack

from hypothesis import given
from hypothesis import strategies as st

from feedhub.text.postings import HOLDERS, KEPT, MOST, Hit, Post, Postings, keys_of
from tests.builders import hashed

ALWAYS = float("-inf")


def a_post(number: int, numbers: Sequence[int], *, seen: float = 0.0, size: int | None = None) -> Post:
    sample = pack(f"<{len(numbers)}Q", *sorted(numbers))
    return Post(number=number, seen=seen, size=len(numbers) if size is None else size, keys=keys_of(sample))


def found(postings: Postings, numbers: Sequence[int], *, since: float = ALWAYS) -> list[tuple[int, int]]:
    [hits] = postings.find([a_post(-1, numbers)], since=since)
    return [(hit.number, hit.weight) for hit in hits]


def test_an_empty_index_finds_nothing() -> None:
    assert Postings().find([a_post(1, [1, 2]), a_post(2, [])], since=ALWAYS) == [[], []]
    assert Postings().find([], since=ALWAYS) == []


def test_a_sample_without_numbers_is_never_found_and_finds_nothing() -> None:
    postings = Postings().plus([a_post(1, [])]).plus([a_post(2, [7])])
    assert postings.find([a_post(3, []), a_post(4, [7])], since=ALWAYS) == [[], [Hit(2, 4)]]


def test_those_that_share_most_come_first_then_those_with_the_smaller_number() -> None:
    postings = Postings().plus([a_post(3, [1, 2]), a_post(2, [1, 2, 3]), a_post(1, [1, 9])]).plus([a_post(0, [1, 3])])
    assert found(postings, [1, 2, 3]) == [(2, 12), (0, 8), (3, 8), (1, 4)]


def test_what_was_seen_before_is_not_given() -> None:
    postings = Postings().plus([a_post(1, [1], seen=9.0), a_post(2, [1], seen=10.0)])
    assert found(postings, [1], since=10.0) == [(2, 4)]


def test_what_shares_too_little_of_the_smaller_one_is_not_given() -> None:
    many = hashed(range(40))
    postings = Postings().plus([a_post(1, many[:3] + hashed(range(100, 137))), a_post(2, many[:2] + hashed([200]))])
    assert found(postings, many) == [(1, 12), (2, 8)]
    assert found(postings, many[1:2] + hashed(range(300, 339))) == [(2, 4)]


def test_a_long_text_is_found_by_its_part_though_only_some_of_it_is_posted() -> None:
    article = hashed(range(200))
    postings = Postings().plus([a_post(1, article)])
    [(number, weight)] = found(postings, article[:30])
    assert number == 1
    assert 4 <= weight < 4 * 30
    assert len(a_post(1, article).keys) == 4 * KEPT


def test_a_key_that_all_have_counts_less_and_only_the_newest_are_looked_at() -> None:
    postings = Postings()
    for number in range(HOLDERS + 2):
        postings = postings.plus([a_post(number, [1])])
    assert found(postings, [1]) == [(number, 1) for number in range(2, HOLDERS + 2)]
    assert found(postings.plus([a_post(999, [2])]), [1, 2])[0] == (999, 4)


def test_old_ones_take_their_place_among_the_newest() -> None:
    postings = Postings().plus([a_post(1, [1], seen=5.0)])
    postings = postings.plus([a_post(number, [1], seen=0.0) for number in range(2, HOLDERS + 2)])
    assert found(postings, [1], since=5.0) == []


def test_no_more_than_so_many_are_given() -> None:
    keys = hashed(range(5))
    posts = [a_post(number, [keys[number % 5]]) for number in range(5 * (HOLDERS - 1))]
    assert len(found(Postings().plus(posts), keys)) == MOST


def test_whole_segments_leave_once_nothing_in_them_is_new_enough() -> None:
    old = Postings().plus([a_post(number, hashed([number]), seen=1.0) for number in range(50)])
    both = old.plus([a_post(50, hashed([50]), seen=2.0)])
    assert old.since(1.0) is old
    assert found(both.since(2.0), hashed([1])) == []
    assert found(both.since(2.0), hashed([50])) == [(50, 4)]
    assert found(both, hashed([1])) == [(1, 4)]


def test_numbers_that_make_no_key_of_their_own_and_damaged_samples_do_no_harm() -> None:
    assert keys_of(b"") == b""
    assert keys_of(pack("<Q", 5) + b"abc") == keys_of(pack("<Q", 5))
    assert keys_of(pack("<Q", 5)) != keys_of(pack("<Q", 6))


samples = st.lists(st.lists(st.integers(0, 30).map(lambda one: hashed([one])[0]), max_size=8, unique=True), max_size=40)


@given(samples, samples, st.lists(st.integers(1, 5), max_size=40))
def test_it_finds_what_a_plain_count_finds_however_it_was_filled(
    held: list[list[int]], asked: list[list[int]], portions: list[int]
) -> None:
    posts = [a_post(number, numbers) for number, numbers in enumerate(held)]
    postings, rest = Postings(), list(posts)
    for size in (*portions, len(posts)):
        postings, rest = postings.plus(rest[:size]), rest[size:]
    expected = []
    for numbers in asked:
        shared = Counter({place: len(set(numbers) & set(some)) for place, some in enumerate(held)})
        expected.append([(place, 4 * count) for place, count in sorted(shared.items(), key=_rank) if count])
    some = [a_post(-1, numbers) for numbers in asked]
    assert [[(hit.number, hit.weight) for hit in hits] for hits in postings.find(some, since=ALWAYS)] == expected


def _rank(item: tuple[int, int]) -> tuple[int, int]:
    return -item[1], item[0]


def test_mates_are_those_of_the_samples_that_share_enough() -> None:
    posts = [a_post(0, [1, 2, 3]), a_post(1, [2, 3, 4]), a_post(2, [3, 9], seen=-9.0), a_post(3, [7]), a_post(4, [])]
    others = [[hit for hit in hits if hit.number != place] for place, hits in enumerate(Postings.mates(posts, since=0))]
    assert others == [[Hit(1, 8)], [Hit(0, 8)], [Hit(0, 4), Hit(1, 4)], [], []]
    assert Postings.mates(posts[3:], since=0) == [[], []]
    assert Postings.mates([], since=0) == []


def test_mates_are_found_however_many_hold_a_key() -> None:
    posts = [a_post(number, [1]) for number in range(2 * HOLDERS)]
    assert all({0, 2 * HOLDERS - 1} <= {hit.number for hit in hits} for hits in Postings.mates(posts, since=ALWAYS))


@given(st.lists(st.lists(st.integers(0, 40), max_size=12, unique=True), max_size=12))
def test_mates_are_what_an_index_of_the_same_samples_finds(samples: list[list[int]]) -> None:
    posts = [a_post(number, hashed(numbers)) for number, numbers in enumerate(samples)]
    found = Postings().plus(posts).find(posts, since=ALWAYS)
    expected = [[hit for hit in hits if hit.number != place] for place, hits in enumerate(found)]
    mates = Postings.mates(posts, since=ALWAYS)
    assert [[hit for hit in hits if hit.number != place] for place, hits in enumerate(mates)] == expected
