"""Random months of a support channel: what customers, the team and a relay do, in any order."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from support.entries import MICROSECONDS, Act, Entry, Kind, Role, Said, ts_of

START = 1_760_000_000 * MICROSECONDS
CHANNEL = "C0CARE"
HOUR, DAY = 3600, 86_400
EMOJI = ("white_check_mark", "eyes", "hourglass_flowing_sand", "raising_hand", "ticket")


class History:
    """Makes entries with keys as the intake makes them; every ``ts`` is unique."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.entries: list[Entry] = []
        self.taken: set[int] = set()

    def moment(self, seconds: float) -> int:
        at = START + int(seconds * MICROSECONDS)
        while at in self.taken:
            at += 1
        self.taken.add(at)
        return at

    def say(self, seconds: float, who: str, role: Role, root: str = "", **said: object) -> str:
        at = self.moment(seconds)
        ts = ts_of(at)
        customer = f"slack:{who}" if role is Role.CUSTOMER else ""
        told = Said(**{"customer": customer, **said})  # type: ignore[arg-type]
        self.entries.append(
            Entry(f"m|T|{CHANNEL}|{ts}", Kind.MESSAGE, CHANNEL, at, ts, root or ts, who, role,
                  said=told)
        )  # fmt: skip
        return ts

    def mark(self, seconds: float, ts: str, root: str, who: str, role: Role, name: str) -> float:
        at = self.moment(seconds)
        key = f"r|{CHANNEL}|{ts}|{who}|{name}|added|{ts_of(at)}"
        self.entries.append(Entry(key, Kind.MARK, CHANNEL, at, ts, root, who, role, name))
        return seconds

    def unmark(self, seconds: float, ts: str, root: str, who: str, role: Role, name: str) -> None:
        at = self.moment(seconds)
        key = f"r|{CHANNEL}|{ts}|{who}|{name}|removed|{ts_of(at)}"
        self.entries.append(Entry(key, Kind.UNMARK, CHANNEL, at, ts, root, who, role, name))

    def act(self, seconds: float, thread: str, name: Act, **more: str | int) -> None:
        at = self.moment(seconds)
        key = f"i|{at}"
        self.entries.append(
            Entry(
                key, Kind.ACT, CHANNEL, at, thread, thread, "mia", Role.RESPONDER, name, more=more
            )
        )


def months(seed: int, threads: int, days: int) -> list[Entry]:
    """Return the entries of some threads, spread over days, in the order they occurred."""
    history = History(seed)
    random = history.random
    roots: list[str] = []
    for number in range(threads):
        begin = random.uniform(0, days * DAY)
        roots.append(live_through(history, begin, f"c{number % 40}"))
    for _ in range(threads // 15):
        one, other = random.sample(roots, 2)
        later = max(float(one), float(other)) - START / MICROSECONDS + random.uniform(60, 3 * DAY)
        history.act(later, one, Act.MERGE, root=other, episode=1)
        if random.random() < 0.4:
            history.act(later + random.uniform(60, 2 * DAY), random.choice((one, other)),
                        Act.UNMERGE)  # fmt: skip
    return sorted(history.entries, key=lambda it: it.at)


def live_through(history: History, begin: float, customer: str) -> str:
    """Let one thread live: some are answered, some never, some come back after weeks."""
    random = history.random
    role = Role.CUSTOMER
    root = history.say(begin, customer, role, polite=random.random() < 0.05)
    said = [(root, role)]
    if random.random() < 0.4:
        said.append((history.say(begin + random.uniform(5, 280), customer, role), role))
    clock = begin
    for _ in range(random.randint(0, 9)):
        clock += random.choice((20, 200, 900, 4 * HOUR, 2 * DAY, 9 * DAY)) * random.uniform(0.5, 2)
        what = random.random()
        if what < 0.35:
            polite = random.random() < 0.3
            said.append((history.say(clock, customer, role, root, polite=polite), role))
        elif what < 0.7:
            who = random.choice(("omar", "mia"))
            asks = random.random() < 0.2
            ts = history.say(clock, who, Role.RESPONDER, root, asks=asks)
            said.append((ts, Role.RESPONDER))
        elif what < 0.95:
            react(history, clock, root, random.choice(said)[0], random.choice(EMOJI))
        else:
            history.say(clock, customer, role)
    return root


def react(history: History, clock: float, root: str, ts: str, name: str) -> None:
    random = history.random
    who = random.choice(("omar", "mia"))
    at = max(clock, float(ts) - START / MICROSECONDS + 1)
    history.mark(at, ts, root, who, Role.RESPONDER, name)
    if random.random() < 0.3:
        history.unmark(at + random.choice((60, 5000)), ts, root, who, Role.RESPONDER, name)


def deliver(entries: list[Entry], seed: int) -> Iterator[list[Entry]]:
    """Yield the entries in batches as a bad day delivers them: late, twice, out of order."""
    random = Random(seed)
    arrivals = []
    for entry in entries:
        delay = random.choice((0, 0, 0, 0, 2, 60, 300, 3 * HOUR))
        arrivals.append((entry.at + delay * MICROSECONDS, entry))
        if random.random() < 0.1:
            arrivals.append((entry.at + (delay + 60) * MICROSECONDS, entry))
    arrivals.sort(key=lambda it: (it[0], it[1].key))
    batch: list[Entry] = []
    for _, entry in arrivals:
        batch.append(entry)
        if random.random() < 0.25:
            yield batch
            batch = []
    yield batch
