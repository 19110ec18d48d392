"""What libcurl's error codes mean to an admin."""

import pycurl

from feedhub.adapters.http.target import Target, shown
from feedhub.model.fetching import Refused, Why


def failure(code: int, message: str, *, target: Target, in_body: bool) -> Refused:
    """A refusal for a transfer that failed with this code; `in_body` if a complete head had come before."""
    if in_body and code in _CUTS:
        return Refused(why=Why.BODY, detail="The reply was cut short: the connection ended before all of it had come.")
    if code in _TLS:
        return Refused(why=Why.NETWORK, detail=f"No safe connection to {target.authority}: {shown(message)}.")
    why, sentence = _MEANINGS.get(code, (Why.NETWORK, f"The transfer from {{}} failed: {shown(message)} ({code})."))
    return Refused(why=why, detail=sentence.replace("{}", target.authority))


def no_such_host(target: Target) -> Refused:
    """The refusal for a name without addresses."""
    why, sentence = _NO_HOST
    return Refused(why=why, detail=sentence.replace("{}", target.authority))


_E_TOO_LARGE = 100  # CURLE_TOO_LARGE, which pycurl has no name for

_NOT_HTTP = (Why.NETWORK, "What stands at {} does not answer in proper HTTP: check the address and its port.")
_NO_HOST = (Why.NETWORK, "There is no host {}: check the spelling, or the name has lapsed.")
_LONG_HEAD = (Why.LIMIT, "The server {} sent longer headers than we take: it is broken or hostile.")
_GONE_SILENT = (Why.NETWORK, "The server {} ended the connection without a reply; asked again later.")

_CUTS = frozenset(
    {pycurl.E_PARTIAL_FILE, pycurl.E_RECV_ERROR, pycurl.E_SEND_ERROR, pycurl.E_GOT_NOTHING, pycurl.E_WRITE_ERROR}
    | {pycurl.E_FTP_WEIRD_SERVER_REPLY}
)

_TLS = frozenset(
    {pycurl.E_SSL_CONNECT_ERROR, pycurl.E_PEER_FAILED_VERIFICATION, pycurl.E_SSL_CIPHER, pycurl.E_SSL_ISSUER_ERROR}
    | {pycurl.E_SSL_INVALIDCERTSTATUS}
)

_MEANINGS = {
    pycurl.E_UNSUPPORTED_PROTOCOL: _NOT_HTTP,
    pycurl.E_FTP_WEIRD_SERVER_REPLY: _NOT_HTTP,
    pycurl.E_URL_MALFORMAT: (Why.GUARD, "The address at {} cannot be read: check it."),
    pycurl.E_COULDNT_RESOLVE_HOST: _NO_HOST,
    pycurl.E_COULDNT_CONNECT: (Why.NETWORK, "Nothing answers at {}: the server is down or the port is closed."),
    pycurl.E_OPERATION_TIMEDOUT: (Why.TIMEOUT, "The server {} did not answer in time; asked again later."),
    pycurl.E_GOT_NOTHING: _GONE_SILENT,
    pycurl.E_SEND_ERROR: _GONE_SILENT,
    pycurl.E_RECV_ERROR: _GONE_SILENT,
    pycurl.E_PARTIAL_FILE: _GONE_SILENT,
    _E_TOO_LARGE: _LONG_HEAD,
    pycurl.E_OUT_OF_MEMORY: _LONG_HEAD,  # what libcurl says of a header line beyond its own limit
    pycurl.E_BAD_CONTENT_ENCODING: (Why.BODY, "The server {} packed its reply in a way that we did not ask for."),
    pycurl.E_SSL_CACERT_BADFILE: (
        Why.NETWORK,
        "This machine has no list of authorities to check the certificate of {} by: install ca-certificates.",
    ),
}
