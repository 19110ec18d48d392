"""Feeds over HTTP: bytes, encodings, validators."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feedhub.model.rendition import Form
from tests.builders import a_rendition
from tests.web.scene import a_client, a_served_shelf

FERRIES = a_rendition("ferries", Form.RSS)
DATE = "Mon, 02 Mar 2026 09:00:00 GMT"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Of the app with two stories and their feeds."""
    return a_client(a_served_shelf(tmp_path_factory.mktemp("store")).store)


def _ask(client: FlaskClient, **headers: str) -> TestResponse:
    return client.get("/topics/ferries.rss", headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("slug", ["ferries", "all"])
def test_a_feed_is_the_stored_bytes_under_its_media_type(client: FlaskClient, slug: str, form: Form) -> None:
    answer = client.get(f"/all.{form}" if slug == "all" else f"/topics/{slug}.{form}")
    assert (answer.status_code, answer.data, answer.content_type) == (
        200,
        a_rendition(slug, form).body,
        form.media_type,
    )


def test_a_feed_has_all_its_headers_and_no_cookie(client: FlaskClient) -> None:
    headers = dict(_ask(client).headers)
    assert headers == {
        "Content-Type": "application/rss+xml; charset=utf-8",
        "Content-Length": str(len(FERRIES.body)),
        "ETag": FERRIES.etag,
        "Last-Modified": DATE,
        "Cache-Control": "public, max-age=900",
        "Vary": "Accept-Encoding",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Access-Control-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }


@pytest.mark.parametrize("accepted", ["gzip", "GZIP", "br, gzip;q=0.1", "*", "identity;q=0.5, *;q=0.2", "gzip;q=1.0"])
def test_the_gzip_twin_goes_to_who_takes_it(client: FlaskClient, accepted: str) -> None:
    answer = _ask(client, Accept_Encoding=accepted)
    assert (answer.data, answer.headers["ETag"], answer.headers["Content-Encoding"]) == (
        FERRIES.gzip,
        FERRIES.gzip_etag,
        "gzip",
    )


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip;q=0.000", "*, gzip;q=0", "identity", "gzip;q=x0"])
def test_the_plain_bytes_go_to_who_does_not_take_gzip(client: FlaskClient, accepted: str) -> None:
    answer = _ask(client, Accept_Encoding=accepted)
    assert (answer.data, answer.headers["ETag"], answer.headers.get("Content-Encoding")) == (
        FERRIES.body,
        FERRIES.etag,
        None,
    )


@pytest.mark.parametrize(
    "asked", ['"ferries-rss"', 'W/"ferries-rss"', '"x", "ferries-rss"', "*", '"x" ,W/"ferries-rss", "y"']
)
def test_unchanged_by_tag_is_304_with_the_validators(client: FlaskClient, asked: str) -> None:
    answer = _ask(client, If_None_Match=asked)
    assert (answer.status_code, answer.data) == (304, b"")
    assert {name: answer.headers[name] for name in ("ETag", "Cache-Control", "Vary")} == {
        "ETag": FERRIES.etag,
        "Cache-Control": "public, max-age=900",
        "Vary": "Accept-Encoding",
    }


def test_a_304_has_no_type_and_no_length(client: FlaskClient) -> None:
    headers = _ask(client, If_None_Match="*").headers
    assert "Content-Type" not in headers
    assert "Content-Length" not in headers


def test_each_encoding_is_unchanged_by_its_own_tag_alone(client: FlaskClient) -> None:
    assert _ask(client, Accept_Encoding="gzip", If_None_Match=FERRIES.gzip_etag).status_code == 304
    assert _ask(client, Accept_Encoding="gzip", If_None_Match=FERRIES.etag).status_code == 200


@pytest.mark.parametrize("asked", ['"other"', "ferries", "", '"ferries-rs"', ",,,", '"' + "x" * 5000])
def test_another_tag_gives_the_feed_whatever_the_date_says(client: FlaskClient, asked: str) -> None:
    assert _ask(client, If_None_Match=asked, If_Modified_Since=DATE).status_code == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        (DATE, 304),
        ("Mon, 02 Mar 2026 09:00:01 GMT", 304),
        ("Monday, 02-Mar-26 09:00:00 GMT", 304),
        ("Mon, 02 Mar 2026 08:59:59 GMT", 200),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 200),
        ("nonsense", 200),
        ("", 200),
        ("Mon, 99 Foo 2026 09:00:00 GMT", 200),
    ],
)
def test_unchanged_by_date(client: FlaskClient, since: str, status: int) -> None:
    assert _ask(client, If_Modified_Since=since).status_code == status


def test_head_is_get_without_the_body(client: FlaskClient) -> None:
    got, headed = client.get("/topics/ferries.rss"), client.head("/topics/ferries.rss")
    assert (headed.status_code, headed.data, dict(headed.headers)) == (200, b"", dict(got.headers))


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/topics/boats.rss", "/topics/ferries.rss"),
        ("/topics/boats.atom", "/topics/ferries.atom"),
        ("/topics/all.json", "/all.json"),
    ],
)
def test_old_addresses_lead_on(client: FlaskClient, path: str, to: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (301, to)


def test_a_feed_that_is_not_rendered_yet_asks_for_patience(client: FlaskClient) -> None:
    answer = client.get("/topics/trains.rss")
    assert (answer.status_code, answer.headers["Retry-After"], answer.content_type) == (
        503,
        "30",
        "application/problem+json",
    )


@pytest.mark.parametrize(
    "path", ["/topics/trams.rss", "/topics/ferries.xml", "/topics/.rss", "/all.rdf", "/topics/a/b.rss"]
)
def test_what_is_no_feed_is_missing(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_list_of_feeds_has_validators_too(client: FlaskClient) -> None:
    answer = client.get("/opml/topics.opml")
    again = client.get("/opml/topics.opml", headers={"If-None-Match": answer.headers["ETag"]})
    assert (answer.status_code, answer.content_type, again.status_code) == (200, "text/x-opml; charset=utf-8", 304)
