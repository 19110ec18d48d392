"""Looking names up."""

from collections.abc import Iterator, Sequence
from threading import Event
from time import monotonic, sleep

import pytest

from feedhub.adapters.http.names import Lookup, Names, ask_system
from tests.unit.adapters.http.clocks import Hands


class Book:
    """A resolver of the test's own: answers from `pages`, waits for `open` where the name begins with "slow"."""

    def __init__(self) -> None:
        self.pages: dict[str, Sequence[str]] = {}
        self.asked: list[str] = []
        self.open = Event()

    def __call__(self, host: str) -> Sequence[str]:
        """The addresses of a name."""
        self.asked.append(host)
        if host.startswith("slow"):
            self.open.wait(10)
        if host not in self.pages:
            raise OSError
        return self.pages[host]


@pytest.fixture
def book() -> Iterator[Book]:
    """An empty one."""
    book = Book()
    yield book
    book.open.set()


def done(lookup: Lookup) -> tuple[str, ...]:
    """The addresses, once they are there."""
    end = monotonic() + 10
    while not lookup.done and monotonic() < end:
        sleep(0.001)
    assert lookup.done
    return lookup.addresses


def test_a_name_is_looked_up_once_and_kept_for_a_minute(book: Book) -> None:
    clock = Hands()
    names = Names(book, clock=clock)
    book.pages["a.example"] = ["192.0.2.1", "2001:db8::1", "192.0.2.1"]
    assert done(names.find("a.example")) == ("192.0.2.1", "2001:db8::1")
    book.pages["a.example"] = ["192.0.2.2"]
    clock.on(59)
    assert done(names.find("a.example")) == ("192.0.2.1", "2001:db8::1")
    clock.on(1)
    assert done(names.find("a.example")) == ("192.0.2.2",)
    assert book.asked == ["a.example"] * 2


def test_a_name_without_address_is_asked_for_again_soon(book: Book) -> None:
    clock = Hands()
    names = Names(book, clock=clock)
    assert done(names.find("a.example")) == ()
    book.pages["a.example"] = ["192.0.2.1"]
    assert done(names.find("a.example")) == ()
    clock.on(5)
    assert done(names.find("a.example")) == ("192.0.2.1",)


def test_names_that_hang_hold_up_no_other(book: Book) -> None:
    """However many."""
    names = Names(book)
    hanging = [names.find(f"slow{number}.example") for number in range(100)]
    book.pages["quick.example"] = ["192.0.2.1"]
    assert done(names.find("quick.example")) == ("192.0.2.1",)
    assert not any(lookup.done for lookup in hanging)


def test_who_asks_for_a_name_that_is_being_looked_up_shares_the_answer(book: Book) -> None:
    names = Names(book)
    book.pages["slow.example"] = ["192.0.2.1"]
    lookups = [names.find("slow.example") for _ in range(5)]
    book.open.set()
    assert [done(lookup) for lookup in lookups] == [("192.0.2.1",)] * 5
    assert book.asked == ["slow.example"]


def test_threads_and_names_are_bounded(book: Book) -> None:
    """What is beyond the threads waits, what is beyond the names is forgotten."""
    names = Names(book, most_threads=2, most_names=3)
    lookups = [names.find(f"slow{number}.example") for number in range(5)]
    assert set(book.asked) <= {"slow0.example", "slow1.example"}
    book.open.set()
    assert [done(lookup) for lookup in lookups] == [()] * 5
    assert len(names) == 3


def test_a_name_with_many_addresses_keeps_the_first(book: Book) -> None:
    book.pages["a.example"] = [f"192.0.2.{number}" for number in range(50)]
    assert done(Names(book).find("a.example")) == tuple(f"192.0.2.{number}" for number in range(8))


def test_a_name_that_no_resolver_can_read_has_no_address() -> None:
    assert done(Names(ask_system).find("a" * 300 + "..example")) == ()


def test_the_system_knows_its_own_name() -> None:
    assert set(ask_system("localhost")) <= {"127.0.0.1", "::1"}
