"""Entries as a busy year makes them: ten channels, four to nine entries an issue."""

from collections.abc import Iterator
from random import Random

from support.entries import MICROSECONDS, Entry, Kind, Role, Said, ts_of

CHANNELS = 10
START = 1_700_000_000 * MICROSECONDS
MINUTE = 60 * MICROSECONDS


def channel(number: int) -> str:
    return f"C0CARE{number}"


def entries(count: int, seed: int = 1) -> Iterator[Entry]:
    """Yield about ``count`` entries, thread by thread; every second issue is solved by a mark."""
    random = Random(seed)
    made, thread = 0, 0
    while made < count:
        place = channel(thread % CHANNELS)
        begin = START + thread * 7 * MINUTE + random.randrange(MINUTE)
        for entry in live(random, place, begin, thread):
            made += 1
            yield entry
        thread += 1


def live(random: Random, place: str, begin: int, thread: int) -> Iterator[Entry]:
    root, at = ts_of(begin), begin
    customer = f"U0CUSTOMER{thread % 5000}"
    yield say(place, root, root, begin, customer, Role.CUSTOMER)
    if random.random() < 0.5:
        at += random.randrange(1, 20) * MINUTE
        yield mark(place, root, root, at, "U0OMAR", "eyes")
    for _ in range(random.randrange(1, 4)):
        at += random.randrange(1, 600) * MINUTE + random.randrange(MINUTE)
        answer = ts_of(at)
        yield say(place, root, answer, at, "U0OMAR", Role.RESPONDER)
        if random.random() < 0.6:
            at += random.randrange(1, 600) * MINUTE + random.randrange(MINUTE)
            yield say(place, root, ts_of(at), at, customer, Role.CUSTOMER)
    if random.random() < 0.8:
        at += random.randrange(1, 60) * MINUTE + random.randrange(MINUTE)
        yield mark(place, root, root, at, "U0OMAR", "white_check_mark")


def say(place: str, root: str, ts: str, at: int, who: str, role: Role) -> Entry:
    said = Said(customer=f"slack:{who}" if role is Role.CUSTOMER else "")
    return Entry(f"m|T0|{place}|{ts}", Kind.MESSAGE, place, at, ts, root, who, role, said=said)


def mark(place: str, root: str, ts: str, at: int, who: str, name: str) -> Entry:
    key = f"r|{place}|{ts}|{who}|{name}|added|{ts_of(at)}"
    return Entry(key, Kind.MARK, place, at, ts, root, who, Role.RESPONDER, name)
