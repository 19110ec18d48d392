"""Signatures of pushes."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedhub.steps.websub import signed

BODY, SECRET = "<rss>нефть</rss>".encode(), "a-secret"


def made(method: str, *, body: bytes = BODY, secret: str = SECRET) -> str:
    """The header that a hub sends."""
    return f"{method}={hmac.new(secret.encode(), body, method).hexdigest()}"


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_each_method_of_the_recommendation_is_known(method: str) -> None:
    assert signed(BODY, signature=made(method), secret=SECRET)


def test_a_signature_of_rfc_2202_is_right() -> None:
    """Test case 2 for HMAC-SHA-1, which no code of ours has made."""
    given_ = "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
    assert signed(b"what do ya want for nothing?", signature=given_, secret="Jefe")


def test_case_and_space_around_do_not_matter() -> None:
    assert signed(BODY, signature=f" {made('sha256').upper()} ", secret=SECRET)


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "sha256",
        "sha256=",
        "sha256=é",
        "sha256=\udcff",
        made("sha256")[:-1],
        made("sha256") + "0",
        made("sha256").replace("sha256", "sha512"),
        made("md5"),
        made("sha224"),
        made("sha256", body=BODY + b" "),
        made("sha256", secret="another"),
        made("sha256").removeprefix("sha256="),
    ],
)
def test_what_is_missing_wrong_or_of_another_method_is_refused(signature: str) -> None:
    assert not signed(BODY, signature=signature, secret=SECRET)


@given(st.binary(), st.text())
def test_no_text_makes_it_fail(body: bytes, signature: str) -> None:
    assert not signed(body, signature=signature, secret=SECRET)
