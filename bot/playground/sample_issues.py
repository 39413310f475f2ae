"""A month of made-up customer issues as a script of what was said and marked, and when.

The same script becomes the messages of the workspace (`sample_messages`) and the ledger of the bot
(`planting_issues`), so both tell one story: that of a bot which was there all the time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from bot.playground import sample_words as words
from bot.playground.relay import Relay
from bot.playground.sample_town import CARE, HELP, IDA, NORA, PARTNER, RELAYS, TOM
from bot.playground.seed import GUS, MIA, OMAR

ZONE = ZoneInfo("UTC")
"""The workspace's own: what Kepi says of times agrees with the opening hours."""
OPENS, CLOSES = time(8), time(18)
DAYS = 31
TALK = {**words.X_TALK, **words.INSTAGRAM_TALK}
MINUTE = 60.0
HOUR = 3600.0


class What(Enum):
    """What somebody did."""

    SAID = "wrote a message"
    MARKED = "put a mark on one"


@dataclass(frozen=True)
class Moment:
    """One thing that happened; `at` and the `ts` are one clock.

    `who` is a user id, or the handle of a customer whose words a `relay` posted. `ts` is the
    message that it is or that was marked, `root` its thread.
    """

    at: datetime
    what: What
    channel: str
    who: str
    ts: str
    root: str
    text: str = ""
    emoji: str = ""
    relay: Relay | None = None


def draw_issues(now: datetime, seed: int = 11) -> list[Moment]:
    """Return the script of the month before `now`, in order of time; nothing lies after it."""
    dice = random.Random(seed)
    moments = [
        moment
        for thread in _threads(now.astimezone(UTC), dice)
        for moment in thread.moments
        if moment.at <= now
    ]
    return sorted(moments, key=lambda each: (each.at, each.ts))


class _Thread:
    """A thread as it is being made up: each act comes some seconds after the last."""

    def __init__(self, channel: str, at: datetime, dice: random.Random) -> None:
        self.channel, self.at, self.dice = channel, at, dice
        self.moments: list[Moment] = []
        self.root = self.last = ""

    def say(self, who: str, text: str, relay: Relay | None = None) -> str:
        """Write the next message of the thread; return its `ts`."""
        self.at = self.at.replace(microsecond=self.dice.randrange(1_000_000))
        ts = f"{int(self.at.timestamp())}.{self.at.microsecond:06d}"
        self.root = self.root or ts
        self.moments.append(
            Moment(self.at, What.SAID, self.channel, who, ts, self.root, text, relay=relay)
        )
        self.last = ts
        return ts

    def mark(self, who: str, emoji: str, ts: str = "") -> None:
        """Put a mark on a message, the last one unless told."""
        on = ts or self.last
        self.moments.append(
            Moment(self.at, What.MARKED, self.channel, who, on, self.root, emoji=emoji)
        )

    def wait(self, seconds: float) -> None:
        """Let time pass, whoever works."""
        self.at += timedelta(seconds=seconds)

    def work(self, median: float, spread: float = 0.9) -> None:
        """Let working time pass: lognormal around `median` seconds, within opening hours."""
        self.at = _later_at_work(self.at, self.dice.lognormvariate(0, spread) * median)


def _later_at_work(at: datetime, seconds: float) -> datetime:
    """Return when `seconds` of opening hours have passed."""
    local = at.astimezone(ZONE)
    while True:
        opening = datetime.combine(local.date(), OPENS, ZONE)
        closing = datetime.combine(local.date(), CLOSES, ZONE)
        local = max(local, opening)
        left = (closing - local).total_seconds()
        if local.weekday() < 5 and seconds <= left:
            return (local + timedelta(seconds=seconds)).astimezone(UTC)
        if local.weekday() < 5 and left > 0:
            seconds -= left
        local = datetime.combine(local.date() + timedelta(days=1), OPENS, ZONE)


def _threads(now: datetime, dice: random.Random) -> Iterator[_Thread]:
    first = (now.astimezone(ZONE) - timedelta(days=DAYS)).date()
    for number in range(DAYS):
        day = first + timedelta(days=number)
        weekend = day.weekday() >= 5
        for _ in range(dice.choice((0, 1, 2) if weekend else (2, 3, 3, 4))):
            yield _care(_open(CARE, day, dice, (9, 22)), dice)
        if not weekend and dice.random() < 0.75:
            yield _help(_open(HELP, day, dice, (8, 17)), dice)
        if not weekend and dice.random() < 0.35:
            yield _partner(_open(PARTNER, day, dice, (9, 17)), dice)
    yield from _always(now, dice)


def _open(channel: str, day: date, dice: random.Random, hours: tuple[int, int]) -> _Thread:
    at = datetime.combine(day, time(0), ZONE) + timedelta(hours=dice.uniform(*hours))
    return _Thread(channel, at.astimezone(UTC), dice)


def _care(thread: _Thread, dice: random.Random) -> _Thread:
    """Make up one customer's matter from a social network."""
    relay = dice.choice(RELAYS)
    who = dice.choice(relay.customers)
    ask = dice.choice(relay.asks)
    thread.say(who, ask, relay)
    agent = dice.choice((MIA, OMAR, OMAR))
    asks = dice.random() < 0.2
    answer = dice.choice(words.QUESTIONS) if asks else TALK[ask]
    _answer_first(thread, agent, answer.format(name=who), dice)
    if asks or dice.random() < 0.3:
        _go_on(thread, agent, who, relay, dice)
    if dice.random() < 0.02:
        return thread
    _solve(thread, agent, dice)
    if dice.random() < 0.35:
        thread.wait(dice.uniform(3, 90) * MINUTE)
        thread.say(who, dice.choice(words.THANKS), relay)
    elif dice.random() < 0.1:
        thread.wait(dice.uniform(2, 40) * HOUR)
        thread.say(who, dice.choice(words.AGAIN), relay)
        thread.work(40 * MINUTE)
        thread.say(agent, dice.choice(words.LATER))
        _solve(thread, agent, dice)
    return thread


def _answer_first(thread: _Thread, agent: str, answer: str, dice: random.Random) -> None:
    """Look first, sometimes; note something for the team, rarely; then answer."""
    if dice.random() < 0.5:
        thread.work(6 * MINUTE)
        thread.mark(agent, "eyes", thread.root)
    if dice.random() < 0.12:
        thread.wait(dice.uniform(1, 4) * MINUTE)
        thread.say(agent, dice.choice(words.NOTES))
    thread.work(18 * MINUTE, 1.1)
    thread.say(agent, answer)


def _go_on(thread: _Thread, agent: str, who: str, relay: Relay, dice: random.Random) -> None:
    """Let the customer write once more, sometimes after the team waited for it."""
    if dice.random() < 0.4:
        thread.wait(2 * MINUTE)
        thread.mark(agent, "hourglass_flowing_sand")
    thread.wait(dice.uniform(5, 600) * MINUTE)
    thread.say(who, dice.choice(words.FOLLOWS), relay)
    thread.work(25 * MINUTE)
    thread.say(agent, dice.choice(words.LATER))


def _solve(thread: _Thread, agent: str, dice: random.Random) -> None:
    thread.work(45 * MINUTE, 1.2)
    if dice.random() < 0.3:
        thread.say(agent, dice.choice(words.LATER))
        thread.wait(dice.uniform(5, 60))
    thread.mark(agent, dice.choice(("white_check_mark", "white_check_mark", "heavy_check_mark")))


def _help(thread: _Thread, dice: random.Random) -> _Thread:
    """Make up a colleague's question to IT."""
    who = dice.choice((IDA, OMAR, GUS, MIA))
    ask = dice.choice(list(words.IT_TALK))
    thread.say(who, ask)
    if dice.random() < 0.3:
        thread.wait(dice.uniform(20, 200))
        thread.say(who, "It is quite urgent.")
    thread.work(35 * MINUTE, 1.0)
    thread.say(TOM, words.IT_TALK[ask])
    thread.work(90 * MINUTE, 1.0)
    thread.mark(dice.choice((TOM, TOM, who)), "white_check_mark")
    return thread


def _partner(thread: _Thread, dice: random.Random) -> _Thread:
    """Make up a question of the partner's."""
    agent = dice.choice((MIA, OMAR))
    ask = dice.choice(list(words.PARTNER_TALK))
    thread.say(NORA, ask)
    thread.work(70 * MINUTE, 1.0)
    thread.say(agent, words.PARTNER_TALK[ask])
    thread.work(120 * MINUTE, 1.0)
    thread.mark(agent, "white_check_mark")
    return thread


def _always(now: datetime, dice: random.Random) -> Iterator[_Thread]:
    """Make up what is always there: unanswered now, looked at, waiting on the customer, spam."""
    x, instagram = RELAYS

    def begin(
        hours: float, channel: str, who: str, text: str, relay: Relay | None = None
    ) -> _Thread:
        thread = _Thread(channel, now - timedelta(hours=hours), dice)
        thread.say(who, text, relay)
        return thread

    yield begin(50.2, CARE, "brewlover", "Refund still not here", instagram)
    looked = begin(3.2, CARE, "oskar.b", "machine leaks after two weeks, can I return it?", x)
    looked.wait(0.4 * HOUR)
    looked.mark(OMAR, "eyes")
    yield looked
    yield begin(0.93, CARE, "minh_tran", "I was charged twice for one subscription", x)
    yield begin(0.22, CARE, "lena_k", "order 8841 never came. Third time I ask?", x)
    parked = begin(26.5, CARE, "lisa.fika", "You sent the wrong size, twice", instagram)
    parked.wait(0.6 * HOUR)
    parked.say(MIA, "Hi lisa.fika, could you send us the order number in a message?")
    parked.wait(0.05 * HOUR)
    parked.mark(MIA, "hourglass_flowing_sand")
    yield parked
    for days, spam in zip((9, 20), words.SPAM, strict=True):
        thrown = begin(24 * days, CARE, "growfast88", spam, x)
        thrown.work(20 * MINUTE)
        thrown.mark(MIA, "wastebasket")
        yield thrown
    yield begin(1.4, HELP, IDA, "I cannot log in to the planning tool since the update")
    yield begin(2.6, PARTNER, NORA, "The landing page shows last year's prices")
