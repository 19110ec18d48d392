"""The port Sandbox on child processes: whatever a body does to the child that reads it, the next one is read."""

import json
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import accumulate
from pathlib import Path

import pytest

from feedhub.adapters.sandbox import ProcessSandbox, SandboxLimits
from feedhub.adapters.sandbox.answers import write
from feedhub.adapters.sandbox.parent import ASKS
from feedhub.errors import SandboxError
from feedhub.flows.read import Read
from feedhub.model.cue import Cues
from feedhub.model.fetching import Link
from feedhub.model.keys import OutletSlug
from feedhub.model.outlet import Outlet, Outlets
from feedhub.model.reading import Died, DiscoverAsk, Discovered, PageAsk, ReadAsk, ReadDone, Unreadable
from feedhub.model.source import ListPage
from tests.builders import NOW, a_read, a_source, an_entry
from tests.contract.readers import Deadly, Obedient, Unwilling, done

QUICK = SandboxLimits(cpu=timedelta(milliseconds=300), wall=timedelta(seconds=10), memory_mb=128)
HASTY = SandboxLimits(cpu=timedelta(seconds=5), wall=timedelta(milliseconds=500), memory_mb=128)
TOO_LONG = Died(why="reading it took longer than 0.5 s")
ELSE = Died(why="the child answered something else than it was asked")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[ProcessSandbox]:
    """One child, for all tests that leave no more behind than a dead child."""
    with closing(ProcessSandbox(Obedient, limits=QUICK, workers=1)) as made:
        yield made


@pytest.fixture(scope="module")
def hasty() -> Iterator[ProcessSandbox]:
    """The same, with little patience."""
    with closing(ProcessSandbox(Obedient, limits=HASTY, workers=1)) as made:
        yield made


def an_ask(body: bytes, *, page: ListPage | None = None) -> ReadAsk:
    """An ask to read these bytes."""
    return ReadAsk(
        source=a_source(page=page),
        body=body,
        media_type="application/rss+xml",
        charset=None,
        url="https://harbour.example/rss",
        now=NOW,
        authority="feeds.example.org,2026",
    )


def a_page(body: bytes) -> PageAsk:
    """An ask to read these bytes as the page of an entry."""
    url = "https://harbour.example/1"
    return PageAsk(source=a_source(), entry=an_entry(), body=body, media_type="text/html", charset=None, url=url)


def said(sandbox: ProcessSandbox, body: bytes) -> str:
    """What an honest answer to the body says."""
    outcome = sandbox.read(an_ask(body))
    assert isinstance(outcome, ReadDone), outcome
    return outcome.title


def pid_of(sandbox: ProcessSandbox) -> int:
    """The process that answers."""
    return int(said(sandbox, b"pid"))


def wait_for_end(pid: int) -> bool:
    """Whether the process ends within a few seconds; a zombie has ended."""
    for _ in range(500):
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"crash SIGSEGV", "the parser crashed (SIGSEGV)"),
        (b"crash SIGABRT", "the parser crashed (SIGABRT)"),
        (b"crash SIGKILL", "the system ended the child, most likely for want of memory"),
        (b"exit 7", "the child ended with exit code 7"),
        (b"exit 0", "the child ended with exit code 0"),
        (b"spin", "reading it took more than 0.3 s of CPU time"),
        (b"grow", "it needs more memory than a feed may use"),
        (b"recurse", "it is nested too deeply"),
        (b"raise the 13th item is odd", "reading it failed: ValueError: the 13th item is odd"),
        (b"impostor", "reading it failed: TypeError: a PosixPath has no place in an answer"),
    ],
)
def test_read_tells_what_ended_the_child_and_reads_the_next(sandbox: ProcessSandbox, body: bytes, why: str) -> None:
    """A body costs its child, never the one after it."""
    assert [sandbox.read(an_ask(body)), sandbox.read(an_ask(b"abc"))] == [Died(why=why), done(total=3)]


def test_read_kills_a_child_that_sleeps_past_the_wall_limit(hasty: ProcessSandbox) -> None:
    """Even one that has put its own alarm off."""
    pid = pid_of(hasty)
    assert hasty.read(an_ask(b"sleep")) == TOO_LONG
    assert wait_for_end(pid)
    assert hasty.read(an_ask(b"abc")) == done(total=3)


def test_read_kills_a_child_that_does_not_take_its_ask(hasty: ProcessSandbox) -> None:
    """A stopped process leaves the pipe full; another reads the body."""
    pid = pid_of(hasty)
    os.kill(pid, signal.SIGSTOP)
    assert hasty.read(an_ask(b"x" * (8 << 20))) == done(total=8 << 20)
    assert wait_for_end(pid)


FORGED_DONE = {
    "form": "",
    "title": "",
    "link": "",
    "total": 0,
    "fresh": [],
    "withdrawn": [],
    "dropped": [],
    "faults": [],
}


@pytest.mark.parametrize(
    "frame",
    [
        pickle.dumps(done()),
        pickle.dumps(Path("/")),
        b"\xff",
        b"[" * 200_000,
        b"[]",
        b'["Path", "/"]',
        b'["Entry", {}]',
        json.dumps(["Died", {"why": 1}]).encode(),
        json.dumps(["Died", {"more": "y"}]).encode(),
        json.dumps(["ReadDone", FORGED_DONE | {"total": 2**64}]).encode(),
        json.dumps(["ReadDone", FORGED_DONE | {"total": True}]).encode(),
        json.dumps(["ReadDone", FORGED_DONE | {"withdrawn": "abc"}]).encode(),
        json.dumps(["ReadDone", FORGED_DONE | {"fresh": [{}]}]).encode(),
    ],
)
def test_read_refuses_an_answer_that_is_no_value_of_the_model(sandbox: ProcessSandbox, frame: bytes) -> None:
    """A child that was taken over can send any bytes."""
    outcome = sandbox.read(an_ask(b"forge " + frame))
    assert isinstance(outcome, Died)
    assert outcome.why.startswith("the child's answer was not understood: ")
    assert sandbox.read(an_ask(b"abc")) == done(total=3)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (
            b"raw " + struct.pack("!Q", 1 << 62),
            "the child's answer was not understood: no frame, or one that is too long",
        ),
        (b"cut " + struct.pack("!Q", 9) + b"[", "the child's answer was not understood: the frame was cut short"),
        (b"cut \0\0", "the child's answer was not understood: no frame, or one that is too long"),
    ],
)
def test_read_refuses_a_broken_frame(sandbox: ProcessSandbox, body: bytes, why: str) -> None:
    """Neither an announced length nor a half of a frame is believed."""
    assert sandbox.read(an_ask(body)) == Died(why=why)


def test_read_does_not_wait_for_the_rest_of_a_frame(hasty: ProcessSandbox) -> None:
    """A head that promises a body, and then silence: the wall limit holds."""
    assert hasty.read(an_ask(b"raw " + struct.pack("!Q", 9))) == TOO_LONG


def test_read_refuses_entries_of_another_source(sandbox: ProcessSandbox) -> None:
    """A child can spoil what it was asked for, and no more."""
    assert sandbox.read(an_ask(b"stranger")) == ELSE


def test_read_refuses_the_answer_to_a_page(sandbox: ProcessSandbox) -> None:
    """An outcome of the wrong kind."""
    assert sandbox.read(an_ask(b"forge " + write(a_read("1")))) == ELSE


def test_read_cuts_a_reason_that_is_too_long(hasty: ProcessSandbox) -> None:
    """It is shown to people and kept with the source."""
    assert hasty.read(an_ask(b"forge " + write(Unreadable(why="x" * 100_000)))) == Unreadable(why="x" * 500)


def test_page_gives_the_entry_with_the_text_of_its_page(sandbox: ProcessSandbox) -> None:
    """It is the entry that was asked for."""
    assert sandbox.page(a_page("Hafen öffnet".encode())) == a_read("1", text="Hafen öffnet")


def test_page_refuses_another_entry(sandbox: ProcessSandbox) -> None:
    """As `read` refuses another source."""
    assert sandbox.page(a_page(b"another")) == ELSE


def test_discover_tells_what_a_page_names(sandbox: ProcessSandbox) -> None:
    """Or what became of the child."""
    asks = [
        DiscoverAsk(body=body, media_type="text/html", charset=None, url="https://harbour.example/")
        for body in (b"page", b"fall")
    ]
    assert [sandbox.discover(ask) for ask in asks] == [
        Discovered(feeds=(Link(rel="alternate", url="https://harbour.example/"),)),
        Died(why="it fell"),
    ]


def test_discover_refuses_the_answer_to_a_feed(sandbox: ProcessSandbox) -> None:
    """A child that was taken over may say anything."""
    ask = DiscoverAsk(body=b"forge " + write(done()), media_type="", charset=None, url="https://harbour.example/")
    assert sandbox.discover(ask) == ELSE


@pytest.mark.parametrize("path", ["/etc/passwd", "/dev/null", "/proc/self/environ"])
def test_a_child_opens_no_file(sandbox: ProcessSandbox, path: str) -> None:
    """No descriptor is left to be had."""
    assert said(sandbox, b"open " + path.encode()) == "Too many open files"


def test_a_child_opens_no_socket(sandbox: ProcessSandbox) -> None:
    """Not even to this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert said(sandbox, b"connect %d" % server.getsockname()[1]) == "Too many open files"


def test_a_child_holds_nothing_but_its_pipe(sandbox: ProcessSandbox) -> None:
    """0, 1 and 2 are nowhere."""
    assert said(sandbox, b"descriptors") == "[0, 1, 2, 3]"


def test_a_child_may_start_no_process(sandbox: ProcessSandbox) -> None:
    """Which binds everyone but root."""
    assert said(sandbox, b"fork") == "(0, 0)"


def test_a_child_knows_no_secret_of_the_environment() -> None:
    """Only what Python and its libraries need is passed on."""
    code = (
        "from tests.contract.test_sandbox import *\n"
        "with closing(ProcessSandbox(Obedient, limits=QUICK, workers=1)) as made:\n"
        "    print(said(made, b'environment'))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "FEEDHUB_SECRET": "x"},  # noqa: TID251  # and one more
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "False\n"


def test_a_child_answers_many_asks_and_is_then_replaced() -> None:
    """What bodies leave behind in a process does not add up for ever."""
    with closing(ProcessSandbox(Obedient, limits=QUICK, workers=1)) as sandbox:
        counts = [said(sandbox, b"count") for _ in range(ASKS + 2)]
    assert counts == [*map(str, range(1, ASKS + 1)), "1", "2"]


def test_a_body_is_not_blamed_for_what_another_left_behind(sandbox: ProcessSandbox) -> None:
    """A child that has read before and now fails is replaced, and the body read again."""
    assert [said(sandbox, b"leak 90") for _ in range(3)] == ["1", "1", "1"]


def test_a_body_is_not_blamed_for_a_child_that_another_took_over(hasty: ProcessSandbox) -> None:
    """One that answers as if all were well and then falls silent."""
    assert hasty.read(an_ask(b"forge " + write(done()))) == done()
    assert hasty.read(an_ask(b"abc")) == done(total=3)


def test_a_suspect_body_ends_one_child_and_not_two(sandbox: ProcessSandbox) -> None:
    """It is read by a new one, as its blame would be found out by a second one otherwise."""
    pid = pid_of(sandbox)
    died = sandbox.read(replace(an_ask(b"spin"), suspect=True))
    assert died == Died(why="reading it took more than 0.3 s of CPU time")
    assert pid_of(sandbox) == pid  # the one that was idle is so still


def test_no_more_children_are_kept_than_there_are_workers(sandbox: ProcessSandbox) -> None:
    """However many suspect bodies were sound."""
    first = pid_of(sandbox)
    for _ in range(3):
        assert sandbox.read(replace(an_ask(b"abc"), suspect=True)) == done(total=3)
    assert pid_of(sandbox) == first


def test_a_child_that_died_between_asks_costs_nothing(sandbox: ProcessSandbox) -> None:
    """The next body is not blamed for it."""
    pid = pid_of(sandbox)
    os.kill(pid, signal.SIGKILL)
    assert wait_for_end(pid)
    time.sleep(0.05)  # until the server has told it
    assert sandbox.read(an_ask(b"abc")) == done(total=3)


def test_a_signal_to_the_group_of_the_program_does_not_reach_the_children() -> None:
    """Ctrl-C is for the program, which ends its children when it has stored what they read."""
    with closing(ProcessSandbox(Obedient, limits=QUICK, workers=1)) as sandbox:
        pid = pid_of(sandbox)
        assert os.getpgid(pid) != os.getpgid(0)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.killpg(os.getpgid(pid), number)
        assert pid_of(sandbox) == pid


def test_a_dead_server_is_replaced() -> None:
    """A child that it left behind still answers; the next one comes from a new server."""
    with closing(ProcessSandbox(Obedient, limits=QUICK, workers=1)) as sandbox:
        pid = pid_of(sandbox)
        os.kill(_parent_of(pid), signal.SIGKILL)
        assert isinstance(sandbox.read(an_ask(b"crash SIGSEGV")), Died)
        assert sandbox.read(an_ask(b"abc")) == done(total=3)


def test_several_threads_read_at_once_on_so_many_children() -> None:
    """Deaths among them hold nobody up, and no slot is lost."""
    bodies = [b"pid", b"abc", b"crash SIGSEGV", b"raise x", b"exit 3", b"grow"] * 8
    with closing(ProcessSandbox(Obedient, limits=QUICK, workers=3)) as sandbox:
        with ThreadPoolExecutor(8) as pool:
            outcomes = list(pool.map(lambda body: sandbox.read(an_ask(body)), bodies))
        assert [isinstance(outcome, Died) for outcome in outcomes] == [False, False, True, True, True, True] * 8
        with ThreadPoolExecutor(8) as pool:
            pids = set(pool.map(lambda _: pid_of(sandbox), range(30)))
        assert len(pids) <= 3


def test_no_more_children_read_at_once_than_there_are_workers() -> None:
    """However many threads ask: the others wait, and their wait is not counted against what they ask."""
    with closing(ProcessSandbox(Obedient, limits=HASTY, workers=2)) as sandbox, ThreadPoolExecutor(16) as pool:
        naps = [title.split() for title in pool.map(lambda _: said(sandbox, b"nap"), range(16))]
    edges = sorted([(float(start), 1) for start, _ in naps] + [(float(end), -1) for _, end in naps])
    assert max(accumulate(step for _, step in edges)) == 2


def test_load_reaches_the_children() -> None:
    """From the next ask on, also where a child of the old registry is idle."""
    outlet = Outlet(slug=OutletSlug("harbour_post"), name="Harbour Post")
    with closing(ProcessSandbox(Obedient, limits=QUICK, workers=2)) as sandbox:
        before = said(sandbox, b"registry")
        sandbox.load(Outlets(by_slug={outlet.slug: outlet}), Cues())
        assert [before, said(sandbox, b"registry")] == ["[]", "['harbour_post']"]


def test_close_ends_every_process() -> None:
    """Children and server; and it may be done twice."""
    sandbox = ProcessSandbox(Obedient, limits=QUICK, workers=1)
    pid = pid_of(sandbox)
    server = _parent_of(pid)
    sandbox.close()
    sandbox.close()
    assert wait_for_end(pid)
    assert wait_for_end(server)
    with pytest.raises(SandboxError, match="it has been closed"):
        sandbox.read(an_ask(b"abc"))


def test_close_lets_an_ask_under_way_end() -> None:
    """What is being read is still answered."""
    sandbox = ProcessSandbox(Obedient, limits=HASTY, workers=1)
    with ThreadPoolExecutor(1) as pool:
        pid_of(sandbox)
        outcome = pool.submit(sandbox.read, an_ask(b"sleep"))
        time.sleep(0.1)
        sandbox.close()
        assert outcome.result() == TOO_LONG


def test_a_program_that_dies_leaves_no_process() -> None:
    """Neither idle nor busy ones."""
    code = (
        "import threading\n"
        "from tests.contract.test_sandbox import *\n"
        "made = ProcessSandbox(Obedient, limits=QUICK, workers=2)\n"
        "first = said(made, b'pid')\n"
        "threading.Thread(target=made.read, args=(an_ask(b'sleep'),)).start()\n"
        "time.sleep(0.1)\n"
        "print(first, pid_of(made), flush=True)\n"
        "time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        pids = [int(pid) for pid in program.stdout.readline().split()]
        server = _parent_of(pids[0])
        program.kill()
    assert len(set(pids)) == 2
    assert [wait_for_end(pid) for pid in (*pids, server)] == [True, True, True]


def test_read_says_so_when_the_reader_cannot_be_loaded() -> None:
    """It is tried again with the next ask."""
    with closing(ProcessSandbox(Unwilling, limits=QUICK, workers=1)) as sandbox:
        for _ in range(2):
            with pytest.raises(SandboxError, match="the reader cannot be loaded: LookupError: a library is missing"):
                sandbox.read(an_ask(b"abc"))


def test_read_says_so_when_the_server_ends_as_it_loads() -> None:
    """As it would if a library crashed."""
    with (
        closing(ProcessSandbox(Deadly, limits=QUICK, workers=1)) as sandbox,
        pytest.raises(SandboxError, match="the process that should load the reader has ended"),
    ):
        sandbox.read(an_ask(b"abc"))


FEED = """<?xml version="1.0" encoding="koi8-r"?><rss version="2.0"><channel><title>Маяк</title>
<link>https://mayak.example/</link><item><title>Паром пойдёт в мае</title><link>https://mayak.example/1</link>
<guid>1</guid><description>Первый паром к островам отправится 4 мая, сообщило управление порта.</description></item>
</channel></rss>""".encode("koi8-r")


@pytest.mark.parametrize("body", [FEED, b"<html>", b"", b"{}", b"\x1f\x8b", FEED.replace(b"koi8-r", b"hp-roman8")])
def test_the_real_reader_answers_in_the_sandbox_as_it_does_outside(real: ProcessSandbox, body: bytes) -> None:
    """Nothing that it or a library loads late is missing: codecs, models, lists."""
    assert real.read(an_ask(body)) == Read(Outlets(), Cues())(an_ask(body))


MAP = b"""<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://mayak.example/1</loc>
<news:news><news:title>Ferry</news:title></news:news></url></urlset>"""
PAGE = b"""<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head>
<body><li class="story"><a href="/1">Ferry</a><time>2 March 2026</time></li></body></html>"""


def test_the_real_reader_reads_maps_lists_and_pages_in_the_sandbox_too(real: ProcessSandbox) -> None:
    """Their parsers are other ones."""
    outside = Read(Outlets(), Cues())
    listing = an_ask(PAGE, page=ListPage(item="li.story"))
    ask = DiscoverAsk(body=PAGE, media_type="text/html", charset=None, url="https://mayak.example/")
    assert real.read(an_ask(MAP)) == outside(an_ask(MAP))
    assert real.read(listing) == outside(listing)
    assert real.discover(ask) == outside.discover(ask)
    assert [link.url for link in outside.discover(ask).feeds] == ["https://mayak.example/rss"]


@pytest.fixture(scope="module")
def real() -> Iterator[ProcessSandbox]:
    """The reader that the service uses, with the limits that it uses."""
    with closing(ProcessSandbox(Read, limits=SandboxLimits(), workers=1)) as made:
        yield made


def _parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])
