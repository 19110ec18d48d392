"""Fingerprints: what they keep of a text, and what leaves them the same."""

from feedhub.model.story import Fingerprint
from feedhub.steps.cluster import fingerprint
from feedhub.text.shingles import numbers, shared_with
from tests.builders import an_entry
from tests.unit.steps.cluster.scene import FULL, LEAD, OTHER


def test_a_fingerprint_counts_title_and_text_and_covers_the_body_without_case_and_marks() -> None:
    one = fingerprint(an_entry(title="Çöp A"), text=FULL)
    other = fingerprint(an_entry(title="cop a"), text=FULL.upper())
    assert one == other
    assert one.words == 2 + len(FULL.split())


def test_a_short_body_has_no_digest() -> None:
    twelve = "one two three four five six seven eight nine ten eleven twelve"
    assert fingerprint(an_entry(), text=twelve).body is not None
    assert fingerprint(an_entry(), text=twelve.removesuffix(" twelve")).body is None


def test_the_same_body_under_another_title_has_the_same_digest() -> None:
    assert fingerprint(an_entry(title="One"), text=FULL).body == fingerprint(an_entry(title="Two"), text=FULL).body


def test_an_empty_entry_has_an_empty_fingerprint() -> None:
    assert fingerprint(an_entry(title=""), text="") == Fingerprint(shingles=b"", body=None, words=0)


def test_a_cut_shares_its_lead_with_the_whole_and_another_text_nothing() -> None:
    whole, cut, other = (fingerprint(an_entry(), text=text).shingles for text in (FULL, LEAD, OTHER))
    with_cut, with_other = shared_with(whole, [cut, other])
    assert with_cut * 8 >= len(cut) * 0.9
    title = fingerprint(an_entry(), text="").shingles
    assert with_other == len(numbers(title))


def test_the_longest_texts_stay_small() -> None:
    long = " ".join(f"word{number}" for number in range(200_000))
    found = fingerprint(an_entry(title=long), text=long)
    assert len(found.shingles) <= 400 * 8
    assert found.words == 400_000


def test_a_body_of_one_repeated_word_is_a_handful_of_shingles() -> None:
    assert len(numbers(fingerprint(an_entry(title=""), text="word " * 200_000).shingles)) == 1
