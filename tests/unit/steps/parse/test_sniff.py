"""What a body is, and in which characters."""

import pytest

from feedhub.errors import ParseError
from feedhub.steps.parse.sniff import JsonText, XmlText, decode, is_utf8, sniff

RSS = '<rss version="2.0"><channel><title>Жёлтый порт — é</title></channel></rss>'
LATIN = '<rss version="2.0"><channel><title>Café déjà vu</title></channel></rss>'
DAMAGED = "some of its bytes are no characters and are shown as \ufffd"


def sniffed(body: bytes, *, media_type: str = "text/html", charset: str | None = None) -> XmlText | JsonText:
    """The body as sniffed, by default under the media type that says least."""
    return sniff(body, media_type=media_type, charset=charset)


@pytest.mark.parametrize(
    "body",
    [
        RSS.encode(),
        b"\xef\xbb\xbf" + RSS.encode(),
        RSS.encode("utf-16"),
        b"\xfe\xff" + RSS.encode("utf-16-be"),
        RSS.encode("utf-16-le"),
        RSS.encode("utf-16-be"),
        RSS.encode("utf-32"),
        RSS.encode("utf-32-be"),
        b" \r\n\t\0" + RSS.encode(),
        b'<?xml version="1.0" encoding="utf-8"?>\n<!-- > -->\n<?style x?>' + RSS.encode(),
    ],
)
def test_sniff_reads_every_form_of_unicode(body: bytes) -> None:
    """By mark, by the first bytes, by what the document says."""
    assert sniffed(body) == XmlText(text=RSS)


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (RSS.replace("— é", ""), "cp1251", "windows-1251"),
        (RSS.replace("— é", ""), "koi8-r", '"KOI8-R"'),
        (LATIN, "latin-1", "iso-8859-1"),
        (LATIN.replace("vu", "“vu”"), "cp1252", "ISO-8859-1"),
        (LATIN.replace("é", "新").replace("à", "聞"), "gb18030", "gb2312"),
        (LATIN.replace("é", "新").replace("à", "聞"), "shift_jis", "Shift_JIS"),
    ],
)
def test_sniff_honours_the_encoding_that_the_server_names(text: str, codec: str, label: str) -> None:
    """What old names are used for, in the sense of today's browsers."""
    assert sniffed(text.encode(codec), charset=label) == XmlText(text=text)


def test_sniff_honours_the_encoding_that_the_document_names() -> None:
    """In its XML declaration."""
    text = RSS.replace("— é", "")
    body = b"<?xml version='1.0' encoding = 'windows-1251' ?>" + text.encode("cp1251")
    assert sniffed(body) == XmlText(text=text)


@pytest.mark.parametrize(
    "label", ["iso-8859-1", "us-ascii", "windows-1251", "nonsense", "utf-7", "punycode", "utf-16", "x\0y", "é"]
)
def test_sniff_takes_utf8_under_a_wrong_name_for_utf8(label: str) -> None:
    """Servers label all files alike; Python knows names that are no encodings of documents."""
    assert sniffed(RSS.encode(), charset=label) == XmlText(text=RSS)


def test_sniff_keeps_utf8_with_a_few_broken_bytes() -> None:
    """Damage is not another encoding."""
    body = RSS.encode().replace(b"<title>", b"<title>\xff")
    assert sniffed(body) == XmlText(text=RSS.replace("<title>", "<title>\ufffd"), faults=(DAMAGED,))


def test_sniff_reads_what_nobody_named_as_old_windows() -> None:
    """The encoding that reads everything."""
    fault = "its encoding is not what it says; it was read as windows-1252"
    assert sniffed(LATIN.encode("cp1252")) == XmlText(text=LATIN, faults=(fault,))


def test_sniff_reads_utf16_that_is_cut_in_a_character() -> None:
    """The last byte is lost."""
    assert sniffed(RSS.encode("utf-16")[:-1]) == XmlText(text=RSS[:-1] + "\ufffd", faults=(DAMAGED,))


def test_sniff_takes_a_plain_document_type_and_knows_netscapes() -> None:
    """With a local part that declares nothing, or none."""
    plain = b'<!DOCTYPE rss SYSTEM "x" [ <!ELEMENT a (b)> ] > ' + RSS.encode()
    netscape = (
        b'<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x/rss-0.91.dtd">' + RSS.encode()
    )
    assert (sniffed(plain), sniffed(netscape)) == (XmlText(text=RSS), XmlText(text=RSS, netscape=True))


def test_sniff_finds_a_feed_behind_something_else() -> None:
    """Warnings of PHP, headers that were sent twice."""
    fault = "something that is no feed stands before its beginning"
    assert sniffed(b"Warning: x in y\n<?xml version='1.0'?>" + RSS.encode()) == XmlText(text=RSS, faults=(fault,))


@pytest.mark.parametrize("text", ['{"a": 1}', "[1]"])
def test_sniff_takes_braces_for_json(text: str) -> None:
    """Whatever the media type says."""
    assert sniffed(f"\ufeff {text}".encode()) == JsonText(text=text)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "the body is empty; the publisher's server sent nothing to read"),
        (b" \n\0", "the body is empty; the publisher's server sent nothing to read"),
        (
            b"\x1f\x8bxx",
            "this is compressed data that was not declared as such, not a feed; check the address of the source",
        ),
        (b"%PDF-1.7", "this is a PDF file, not a feed; check the address of the source"),
        (b"\x00\xff\x01\xfe" * 50, "this is binary data, not a feed; check the address of the source"),
        (b"hello", "this is plain text (sent as text/html), not a feed; check the address of the source"),
        (b"<a><b/></a>", "this is XML with the root element <a>, not a feed; check the address of the source"),
        (
            b"<?xml version='1.0'?>",
            "this is XML that ends before its first element, not a feed; check the address of the source",
        ),
        (b"<opml/>", "this is an OPML list of feeds, not a feed; import it with `feedhub import-opml`"),
    ],
)
def test_sniff_says_what_it_is_instead(body: bytes, why: str) -> None:
    """One sentence that an admin understands."""
    with pytest.raises(ParseError) as caught:
        sniffed(body)
    assert caught.value.why == why


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><body>x</body></html>",
        "<!doctype HTML><p>x",
        "<html xmlns='http://www.w3.org/1999/xhtml'><rss></rss></html>",
        "text first <div >x</div>",
    ],
)
def test_sniff_knows_a_web_page(page: str) -> None:
    """Even one that says it is XML."""
    with pytest.raises(ParseError, match="this is a web page, not a feed"):
        sniffed(page.encode(), media_type="application/rss+xml")


@pytest.mark.parametrize("subset", ['<!ENTITY a "b">', '<!entity % a SYSTEM "b"> %a;', "]" * 9 + "<!ENTITY x 'y'>"])
def test_sniff_refuses_a_document_that_declares_entities(subset: str) -> None:
    """They are how a document makes a parser eat all memory."""
    with pytest.raises(ParseError, match="it declares XML entities of its own"):
        sniffed(f"<!DOCTYPE rss [{subset}]>{RSS}".encode())


@pytest.mark.parametrize(
    "flood", ["\n", "<!-- ", "<?", "<!DOCTYPE x [", "]", "<!--x-->", "] >", "encoding='", "<meta "]
)
def test_sniff_takes_floods_in_its_stride(flood: str) -> None:
    """One pass: what is quadratic would take hours here."""
    for body in (flood * 200_000, "<?xml " + flood * 200_000, "<!DOCTYPE rss [" + flood * 200_000):
        with pytest.raises(ParseError):
            sniffed(body.encode())


def test_decode_finds_the_encoding_of_a_page_in_its_meta_element() -> None:
    """In both spellings of HTML."""
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Порт</p>'
    assert decode(page.encode("cp1251"), charset=None) == (page, ())


@pytest.mark.parametrize(
    ("declared", "charset", "is_it"),
    [
        ("", None, True),
        ("utf-8", None, True),
        ("windows-1251", None, True),
        ("gbk", None, False),
        ("utf-8", "gbk", False),
        ("gbk", "utf-8", True),
        ("utf-16", "nonsense", True),
    ],
)
def test_utf8_is_what_no_name_of_many_bytes_gainsays(declared: str, charset: str | None, is_it: object) -> None:
    """Names of one byte are not believed where UTF-8 is possible; the first name counts."""
    body = f'<?xml version="1.0" encoding="{declared}"?><rss/>'.encode()
    assert is_utf8(body, charset=charset) is is_it
