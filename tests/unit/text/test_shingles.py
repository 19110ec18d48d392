"""Shingles: the same numbers everywhere, samples that agree, and what one text has of another."""

from hypothesis import given
from hypothesis import strategies as st

from feedhub.text.shingles import cover, numbers, sample, shared_with, shingle
from feedhub.text.words import words

TEXT = tuple(f"word{place}" for place in range(300))
some_words = st.lists(st.sampled_from(["a", "b", "the", "port", "字", "1"]), max_size=40).map(tuple)


def test_numbers_are_the_same_on_every_machine_and_in_every_process() -> None:
    kept = sample(("the", "first", "ferry", "leaves"), lead=9, one_in=8, most=9)
    assert numbers(kept) == (884_474_527_867_031_535, 15_828_313_268_157_078_760)


def test_a_text_shorter_than_a_run_has_one_shingle_and_no_text_none() -> None:
    assert len(numbers(sample(("ferry",), lead=9, one_in=8, most=9))) == 1
    assert sample((), lead=9, one_in=8, most=9) == b""


def test_different_runs_have_different_numbers() -> None:
    assert len(numbers(sample(TEXT, lead=300, one_in=8, most=300))) == 298


def test_a_run_has_one_number_wherever_it_stands() -> None:
    assert shared_with(_all(("x", "y", *TEXT)), [_all(TEXT)]) == [298]


@given(st.sets(st.integers(0, 30)), st.lists(st.sets(st.integers(0, 30)), max_size=4))
def test_what_samples_share_is_counted_for_each_of_them(one: set[int], others: list[set[int]]) -> None:
    """Though all are looked at in one pass, and any of them may be empty."""
    first, *rest = (b"".join(number.to_bytes(8, "little") for number in sorted(some)) for some in (one, *others))
    assert shared_with(first, rest) == [len(one & other) for other in others]


def test_words_are_not_letters() -> None:
    assert shared_with(_all(("ab", "c", "d")), [_all(("a", "bc", "d"))]) == [0]


def test_the_lead_is_kept_whole_and_the_rest_one_in_eight() -> None:
    kept = numbers(sample(TEXT, lead=30, one_in=8, most=400))
    lead = numbers(sample(TEXT[:32], lead=30, one_in=8, most=400))
    assert set(lead) <= set(kept)
    assert all(number % 8 == 0 for number in set(kept) - set(lead))
    assert 10 < len(kept) - len(lead) < 60


def test_a_sample_is_bounded_and_ascending() -> None:
    kept = numbers(sample(TEXT, lead=30, one_in=1, most=100))
    assert len(kept) == 100
    assert list(kept) == sorted(set(kept))


def test_what_two_texts_share_is_chosen_in_both() -> None:
    long, cut = (sample(text, lead=0, one_in=8, most=400) for text in (TEXT, TEXT[100:]))
    assert set(numbers(cut)) == {number for number in numbers(long) if number in set(numbers(_all(TEXT[100:])))}


def test_cover_marks_the_words_of_shared_runs() -> None:
    one = shingle(words("a bridge was opened on Monday in Tarn"))
    other = shingle(words("Yesterday a bridge was closed on Monday in Tarn"))
    assert cover(one, other) == bytes([1, 1, 1, 0, 1, 1, 1, 1])


def test_cover_of_a_text_shorter_than_a_run_is_all_or_nothing() -> None:
    assert cover(shingle(("two", "words")), shingle(("two", "words"))) == b"\x01\x01"
    assert cover(shingle(("two", "words")), shingle(("other", "words"))) == b"\x00\x00"


def test_scripts_without_spaces_are_shingled_by_five_letters() -> None:
    one, other = shingle(words("港の新しい橋が月曜日に開通した")), shingle(words("新しい橋は火曜日に開通した"))
    assert (one.width, other.width) == (5, 5)
    assert cover(other, one) == bytes(6) + bytes([1] * 7)


def test_nothing_covers_nothing_and_scripts_do_not_mix() -> None:
    empty, latin, han = shingle(()), shingle(("a", "b", "c")), shingle(tuple("港の新しい橋"))
    assert (cover(empty, latin), cover(latin, empty), cover(latin, han)) == (b"", bytes(3), bytes(3))


def test_texts_of_one_repeated_word_and_very_long_ones_are_bounded() -> None:
    text = ("word",) * 200_000
    assert len(sample(text, lead=30, one_in=8, most=400)) <= 400 * 8
    assert cover(shingle(text), shingle(("word",) * 5)) == b"\x01" * 200_000


@given(some_words, some_words)
def test_a_byte_a_word_and_all_of_oneself(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert cover(shingle(one), shingle(one)) == b"\x01" * len(one)
    assert len(cover(shingle(one), shingle(other))) == len(one)


def _all(text: tuple[str, ...]) -> bytes:
    return sample(text, lead=len(text), one_in=8, most=len(text))
