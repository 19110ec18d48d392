"""The text of an article page."""

import pytest

from feedhub.errors import ParseError
from feedhub.steps.parse import read_page

URL = "https://harbour.example/1"
FIRST = "The harbour opens on Monday after two years of work on its two piers, the port said in a statement."
SECOND = "The first ship will be a ferry from the outer islands, which had to land elsewhere for a year and a half."
ARTICLE = f"""<html><head><title>Harbour Post</title></head><body><nav><a href="/">Home</a>
<a href="/sport">Sport</a></nav><article><h1>The harbour opens</h1><p>{FIRST}</p><p>{SECOND}</p></article>
<footer>All rights reserved</footer></body></html>"""


def read(body: bytes, *, media_type: str = "text/html", charset: str | None = None) -> str:
    """The text of a page."""
    return read_page(body, media_type=media_type, charset=charset, url=URL)


def test_read_page_finds_the_article_among_the_menus() -> None:
    """A paragraph a line."""
    lines = read(ARTICLE.encode()).split("\n")
    assert (FIRST in lines, SECOND in lines, "Sport" in lines) == (True, True, False)


def test_read_page_honours_the_charset_of_the_server() -> None:
    """As for feeds."""
    page = f"<html><article><p>{'Порт откроют в понедельник, сообщила администрация. ' * 4}</p></article></html>"
    assert read(page.encode("cp1251"), charset="windows-1251").startswith("Порт откроют в понедельник")


def test_read_page_falls_back_to_all_that_can_be_seen() -> None:
    """Where no article stands out."""
    assert read(b"<html><body><div>Port open</div><script>x()</script></body></html>") == "Port open"


def test_plain_text_is_its_own_text() -> None:
    """Unless it is a page in disguise."""
    plain = read(b"One\n\n two \n<3", media_type="text/plain")
    assert (plain, FIRST in read(ARTICLE.encode(), media_type="text/plain")) == ("One\ntwo\n<3", True)


@pytest.mark.parametrize("body", [b"", b"<html><body><img src=x></body></html>", b"%PDF-1.7"])
def test_read_page_says_that_there_is_no_text(body: bytes) -> None:
    """An empty page, pictures, files of other kinds."""
    with pytest.raises(ParseError):
        read(body)
