"""Page furniture is cut, and what is left stays where it was."""

import pytest

from feedhub.text.furniture import cut

FURNITURE = frozenset({"see also", "latest", "相关新闻"})
NOISE = frozenset({"comments", "share on*", "©*"})
STORY = "The bridge was opened on Friday, the port said."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (STORY, STORY),
        (f"{STORY}\nSee also\nOther news", STORY),
        (f"{STORY}\n» SEE ALSO:\nOther news", STORY),
        (f"{STORY}\nSee also (12)\nOther news", STORY),
        (f"{STORY}\nSee also: more\nOther news", STORY),
        ("It is open now.\nSee also\nOther", "It is open now."),
        ("It is.\nSee also\nOther", "It is.\n        \nOther"),
        (f"Latest\n{STORY}", f"      \n{STORY}"),
        (f"{STORY}\nComments (0)\nMore.", f"{STORY}\n            \nMore."),
        (f"{STORY}\nShare on X and Y\nMore.", f"{STORY}\n                \nMore."),
        (f"{STORY}\n© Harbour Post\nMore.", f"{STORY}\n              \nMore."),
        ("大桥周五通车，市长表示。\n相关新闻\n其他", "大桥周五通车，市长表示。"),
        ("", ""),
        (" \n\n", " \n"),
    ],
)
def test_what_is_no_part_of_the_article_goes(text: str, left: str) -> None:
    """Furniture ends the article, noise is blanked, a menu before the story ends nothing."""
    assert cut(text, furniture=FURNITURE, noise=NOISE) == left


def test_a_teaser_inside_the_article_goes_alone() -> None:
    """What follows it is article still."""
    teaser = "See also: the old bridge was closed for good"

    left = cut(f"{STORY}\n{teaser}\nMore of it.", furniture=FURNITURE, noise=NOISE)

    assert left == f"{STORY}\n{' ' * len(teaser)}\nMore of it."


def test_a_long_line_is_text_whatever_it_begins_with() -> None:
    """Markers are short."""
    line = "Comments were many when the bridge was opened on Friday after repairs that had lasted two years."

    assert cut(line, furniture=FURNITURE, noise=NOISE | {"comments*"}) == line
