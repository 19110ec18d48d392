"""What keeps like texts apart: bulletins of one mould, digests, items of one source."""

import pytest

from feedhub.model.reading import ReadEntry
from tests.quality.arrivals import an_arrival
from tests.quality.newsday import items
from tests.unit.steps.cluster.scene import BOAT, FULL, LEAD, OTHER, PIER, TITLE, copy, judged, near, placed, wire

RATES = (
    "The central bank has set the official rates for the day. The dollar was fixed at {0}, the euro at {1} and the "
    "crown did not move at all. The rates hold for one day and may be used for accounting purposes."
)
COURT = (
    "A {0} from {1} has been jailed after a trial that lasted three weeks. The judge said that the offence had had a "
    "devastating effect on the victims. Police thanked all witnesses who had come forward and asked others to do so."
)


def _bulletins(mould: str, *fillings: tuple[str, ...], title: str = "{0}") -> tuple[ReadEntry, ReadEntry]:
    one, other = (
        an_arrival(str(number), source=f"paper {number}", title=title.format(*filling), text=mould.format(*filling))
        for number, filling in enumerate(fillings)
    )
    return one, other


def test_one_mould_with_other_figures_is_two_bulletins() -> None:
    one, other = _bulletins(RATES, ("1.7012", "1.8420"), ("1.7034", "1.8395"), title="Rates of the central bank")
    assert judged(one, other) == ("figures", "other")


def test_the_same_bulletin_at_two_outlets_is_one() -> None:
    one, other = _bulletins(RATES, ("1.7012", "1.8420"), ("1.7012", "1.8420"), title="Rates of the central bank")
    assert judged(one, other) == ("body", "same")


def test_one_mould_with_other_names_is_two_bulletins() -> None:
    mould = f"Old. {COURT} The mayor of {{1}} had no comment on the sentence."
    one, other = _bulletins(mould, ("man", "Orrin"), ("man", "Ansel"), title="Man jailed after long trial")
    assert judged(one, other) == ("names", "other")


def test_titles_and_texts_that_swap_the_same_words_are_two_bulletins() -> None:
    one, other = _bulletins(COURT, ("driver", "town"), ("baker", "town"), title="Town {0} jailed after long trial")
    assert judged(one, other) == ("titles", "other")


def test_titles_of_one_mould_with_other_figures_are_two_bulletins() -> None:
    one, other = wire(title=f"{TITLE} 4"), copy(title=f"{TITLE} 9", text=f"{LEAD.replace('4 May', 'May')}\n{BOAT}")
    assert judged(one, other) == ("titles", "other")


def test_one_figure_written_in_two_ways_is_no_difference() -> None:
    one = wire(title=f"{TITLE} for 1,200 people", text=f"{LEAD} It carries 1,200 people a day in summer.\n{BOAT}")
    other = copy(title=f"{TITLE} for 1200 people", text=f"{LEAD} It carries 1200 people a day in summer.\n{BOAT}")
    assert judged(one, other)[1] == "same"


@pytest.mark.parametrize("label", ["BREAKING: ", "Live blog: ", "UPDATE 1-", "Update: "])
def test_a_label_before_a_title_is_no_news(label: str) -> None:
    title = f"{label}A ferry service that the Outer Skerries have missed"
    assert judged(wire(), copy(title=title, text=f"{LEAD}\n{PIER}")) == ("likeness", "same")


def test_a_retitled_copy_is_no_bulletin() -> None:
    assert judged(wire(), copy(title="Islanders of Outer Skerries get their ferry back")) == ("body", "same")
    edited = FULL.replace("announced", "said").replace("told reporters", "stated")
    assert judged(wire(), copy(title="Islanders of Outer Skerries get their ferry back", text=edited))[1] == "same"


def test_figures_differ_where_the_sentences_around_them_stand_in_another_order() -> None:
    first, second, third = "The dollar was fixed by the bank at {0}.", PIER, BOAT
    one = wire(text=f"{first.format(40)} {second} {third}".replace("412", "some"))
    other = copy(text=f"{first.format(35)} {third} {second}".replace("412", "some"))
    assert judged(one, other) == ("figures", "other")


def test_most_figures_beside_shared_words_decide_where_whole_passages_differ() -> None:
    mould = (
        "An earthquake of magnitude {0} local time. The focus lay at a depth of {1}. The tremor was felt in several "
        "villages of the district. There were no reports of casualties or damage, and the railway resumed its service "
        "within the hour after an inspection of the bridges."
    )
    one, other = _bulletins(
        mould,
        (
            "4.1 woke people in the old town of Verrin and on the hills above it at 03:14",
            "12 kilometres under the lake, some way off from its dam and the villages that live on fishing",
        ),
        (
            "3.8 shook a port named Ossa as well as farms all along that coast about 22:57",
            "44 thousand metres, which is deep when compared with others recorded there during these years",
        ),
        title="Earthquake felt in several villages",
    )
    assert judged(one, other) == ("figures", "other")


def test_a_changed_figure_in_a_long_text_is_an_edit() -> None:
    body = " ".join(f"Paragraph {chr(97 + number)} tells of something that word{number} did." for number in range(26))
    long = f"{FULL}\n{body} {OTHER}\n{body.upper()} again and again until the end of it"
    assert judged(wire(text=long), copy(text=long.replace("412 people", "413 people")))[1] == "same"


def test_figures_that_only_one_text_has_do_not_exclude() -> None:
    assert judged(wire(), copy(text=f"{LEAD} It sails at 9:15.\n{BOAT}"))[1] == "same"


def test_numbers_in_the_names_of_outlets_do_not_exclude() -> None:
    one = an_arrival("1", source="kanal 4", title=TITLE, text=f"{LEAD}\nKanal 4 informs.\n{PIER}")
    other = an_arrival("2", source="az 24", title=TITLE, text=f"{LEAD}\naz 24 informs.\n{PIER}")
    assert judged(one, other)[1] == "same"


def test_an_item_that_holds_several_stories_is_none_of_them() -> None:
    briefing = next(item for item in items() if item.kind == "digest")
    told = [item for item in items() if item.label == "ferry"]
    found = {
        judged(
            an_arrival("1", source=item.source, title=item.title, text=item.text),
            an_arrival("2", source="ninth", title=briefing.title, text=briefing.text),
        )[1]
        for item in told
    }
    assert found == {"other"}


def test_a_digest_under_the_title_of_its_first_story_is_known_by_its_many_paragraphs() -> None:
    paragraphs = next(item for item in items() if item.kind == "digest").text.split("\n")
    rest = [*paragraphs[1:], "Two hikers were found unharmed on Mount Elder at noon, rescuers told local radio."]
    text = "\n".join((LEAD, *rest))
    assert judged(copy(text=LEAD), wire(title=f"{TITLE} and more", text=text)) == ("digest", "other")


def test_a_copy_that_keeps_half_of_the_longer_text_is_no_part_of_a_digest() -> None:
    assert judged(wire(title="Morning briefing"), copy(text=f"{LEAD}\n{PIER}"))[1] == "same"


def _again(text: str, *, title: str = TITLE) -> tuple[ReadEntry, ReadEntry]:
    return wire("1"), wire("2", text=text, title=title)


@pytest.mark.parametrize("text", [FULL, f"{FULL} He gave no date.", FULL.replace("announced on", "announced early on")])
def test_a_text_again_or_lightly_edited_by_its_source_is_the_same(text: str) -> None:
    assert judged(*_again(text))[1] == "same"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{LEAD}\n{OTHER}", TITLE),
        (f"{FULL} He gave no date.", "Skerries: a day by the sea with wind, waves, gulls and a lunch of herring"),
        (FULL.replace("Ines Vole", "Arne Dahl"), TITLE),
        (FULL.replace("twice a week", "6 1/4 times a month"), TITLE),
        (f"{FULL} It was 7.".replace("from 4 May", "from next May or the 9 of it, weather permitting, at last"), TITLE),
    ],
)
def test_anything_else_of_one_source_is_another_item(text: str, title: str) -> None:
    assert judged(*_again(text, title=title))[1] == "other"


def test_items_of_one_source_that_end_on_other_figures_are_two() -> None:
    one = wire(
        "1", text=f"{FULL} At noon 7 people signed a long list that lay on the table by the church door all day."
    )
    other = wire("2", text=f"{FULL} Only 9 turned up for a meeting which was held in school on the following evening.")
    assert judged(one, other) == ("source", "other")


def test_two_feeds_of_one_outlet_are_one_source() -> None:
    one, other = wire("1"), an_arrival("2", source="NORVANE", title=TITLE, text=f"{LEAD}\n{OTHER}")
    found = placed(other, near(one)).compared
    assert [comparison.rule for comparison in found] == ["source"]
