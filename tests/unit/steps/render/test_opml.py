"""The list of feeds that readers import."""

import pytest

from feedhub.steps.render import render_opml
from tests.builders import NOW, a_channel

BASE = "http://127.0.0.1:8000"


def test_render_opml_lists_the_channels_in_order() -> None:
    """Texts are escaped; what is not known is left out."""
    channels = (
        a_channel(),
        a_channel("x", title='a < "b" & c', description="", language="", page="https://n.example/x"),
    )
    written = render_opml(channels, title="All & more", base_url=BASE, owner="mailto:editor@example.org", modified=NOW)
    assert written.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<opml version="2.0">\n'
        "<head>\n"
        "<title>All &amp; more</title>\n"
        "<dateModified>Mon, 02 Mar 2026 09:00:00 GMT</dateModified>\n"
        "<ownerEmail>editor@example.org</ownerEmail>\n"
        "<ownerId>http://127.0.0.1:8000/about</ownerId>\n"
        "</head>\n"
        "<body>\n"
        '<outline text="Caspian energy" title="Caspian energy" type="rss" version="RSS2"'
        ' xmlUrl="http://127.0.0.1:8000/topics/energy.rss" htmlUrl="http://127.0.0.1:8000/topics/energy"'
        ' description="Oil, gas and power round the Caspian" language="en"/>\n'
        '<outline text="a &lt; &quot;b&quot; &amp; c" title="a &lt; &quot;b&quot; &amp; c" type="rss" version="RSS2"'
        ' xmlUrl="http://127.0.0.1:8000/topics/x.rss" htmlUrl="https://n.example/x"'
        ' description="a &lt; &quot;b&quot; &amp; c"/>\n'
        "</body>\n"
        "</opml>\n"
    )


@pytest.mark.parametrize(
    ("owner", "wanted"),
    [
        ("Desk of the Caspian Wire", b"<ownerName>Desk of the Caspian Wire</ownerName>"),
        ("MAILTO:a@example.org", b"<ownerEmail>a@example.org</ownerEmail>"),
        ("a@example.org", b"<ownerEmail>a@example.org</ownerEmail>"),
    ],
)
def test_render_opml_says_who_owns_the_list(owner: str, wanted: bytes) -> None:
    """By name or by mail address."""
    assert wanted in render_opml((), title="Feeds", base_url=BASE, owner=owner, modified=NOW)


def test_render_opml_leaves_out_an_owner_that_is_not_known() -> None:
    """A service may have no contact."""
    assert b"<ownerN" not in render_opml((), title="Feeds", base_url=BASE, owner="", modified=NOW)
