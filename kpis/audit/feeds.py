"""Checks of what a source brought: gaps, repeats, copies, dates to come, names nobody knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby

from kpis.audit.ground import (
    ADDITIVE,
    MOST,
    SETTLE,
    Fault,
    Ground,
    Row,
    day_of,
    platforms,
    runs,
)
from storage.facts import DAY_MEASURES
from storage.measures import AccountDays
from storage.platforms import PLATFORMS
from storage.said import Counted, Days, Grouped, Words, declared

STUCK_MEASURES, STUCK_TOTAL, STUCK_DAYS = 3, 30, 2
"""A feed is stuck where so many measures, of so much together, repeat for so many days."""
RECENT = 90
"""Days for which a change of definition is worth saying."""
SOURCES: dict[str, str] = {
    "posts": Words("posts"),
    "account-days": Words("account days"),
    "web": Words("web visits"),
    "ads": Words("ad spend"),
}


def find_gaps(ground: Ground) -> Iterator[Fault]:
    """Between the first and the last day that was read, every day was."""
    found = ground.rows(
        'SELECT source, account, start, "end" FROM watched WHERE workspace = ? AND "end" >= ?'
        " AND (account <> 0 OR source IN ('web', 'ads')) ORDER BY source, account, start",
        *(ground.workspace, ground.since),
    )
    missed: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    for (source, account), spans in groupby(found, key=lambda it: (it[0], it[1])):
        reached: int | None = None
        for _, _, start, end in spans:
            if reached is not None and start > reached:
                missed[account, reached, start].append(source)
            reached = end if reached is None else max(reached, end)
    for (account, start, end), sources in sorted(missed.items()):
        source = sources[0] if len(sources) == 1 else ""
        yield Fault(account, source, start, end, say_gap(ground, source, start, end))


def say_gap(ground: Ground, source: str, start: int, end: int) -> Counted:
    """Return “posts of 3–5 Nov never read (3 days)”; no source: nothing at all was read."""
    days = ground.say(start, end)
    if not source:
        return Counted(
            "{days} was never read ({number} day)",
            "{days} were never read ({number} days)",
            end - start,
            days=days,
        )
    return Counted(
        "{source} of {days} never read ({number} day)",
        "{source} of {days} never read ({number} days)",
        end - start,
        source=SOURCES.get(source, spaced(source)),
        days=days,
    )


def find_stuck_feeds(ground: Ground) -> Iterator[Fault]:
    """No account's numbers are all the same for days: a feed that repeats itself is stuck."""
    marks, names = platforms()
    found = ground.rows(
        f"""
        SELECT account, day, count(*) FROM (
            SELECT account, day, value,
                lag(value) OVER (PARTITION BY measure, account ORDER BY day) AS before,
                lag(day) OVER (PARTITION BY measure, account ORDER BY day) AS last
            FROM fact
            WHERE workspace = ? AND measure IN ({", ".join("?" * len(ADDITIVE))})
                AND platform IN ({marks}) AND day >= ? AND day <= ?
        ) AS moving WHERE last = day - 1
        GROUP BY account, day
        HAVING count(*) >= {STUCK_MEASURES} AND sum(value) >= {STUCK_TOTAL}
            AND count(*) = sum(CASE WHEN value = before THEN 1 ELSE 0 END)
        ORDER BY day DESC LIMIT {MOST}
        """,
        *(ground.workspace, *ADDITIVE, *names, ground.since, ground.today),
    )
    for account, start, end, rows in runs(Row(it[0], it[1], (int(it[2]),)) for it in found):
        if end - start < STUCK_DAYS:
            continue
        words = Words(
            "{days} repeat {before} in all {number} measures",
            days=ground.say(start, end),
            before=ground.say(start - 1, start),
            number=rows[0].figures[0],
        )
        yield Fault(account, "", start, end, words)


def find_copies(ground: Ground) -> Iterator[Fault]:
    """No post is held twice under two ids.

    Facts, windows and posts are told apart by their keys, so equal keys cannot be held twice;
    the same post under another id can, and its address gives it away.
    """
    found = ground.rows(
        f"""
        SELECT account, min(published), count(*) FROM post
        WHERE workspace = ? AND published >= ? AND permalink IS NOT NULL AND permalink <> ''
        GROUP BY account, permalink HAVING count(*) > 1
        ORDER BY min(published) DESC LIMIT {MOST}
        """,
        *(ground.workspace, ground.begin_of(ground.since)),
    )
    rows = [Row(it[0], ground.local_day(it[1]), (int(it[2]),)) for it in found]
    for account, start, end, some in runs(rows):
        words = Counted(
            "{number} post of {days} held twice, under two ids of one address",
            "{number} posts of {days} held twice, under two ids of one address",
            len(some),
            days=ground.say(start, end),
        )
        yield Fault(account, "posts", start, end, words)


def find_dates_to_come(ground: Ground) -> Iterator[Fault]:
    """Nothing is dated after today; a day more is left to zones that are ahead."""
    marks, names = platforms()
    measures = tuple(sorted(DAY_MEASURES))
    beyond = ground.today + 1
    found = ground.rows(
        f"""
        SELECT account, day FROM fact WHERE workspace = ?
            AND measure IN ({", ".join("?" * len(measures))}) AND platform IN ({marks})
            AND day > ? GROUP BY account, day LIMIT {MOST}
        """,
        *(ground.workspace, *measures, *names, beyond),
    )
    found += ground.rows(
        "SELECT account, \"end\" - 1 FROM window_fact WHERE workspace = ? AND measure = 'reach'"
        f' AND "end" - 1 > ? GROUP BY account, "end" LIMIT {MOST}',
        *(ground.workspace, beyond),
    )
    posts = ground.rows(
        f"SELECT account, published FROM post WHERE workspace = ? AND published > ? LIMIT {MOST}",
        *(ground.workspace, ground.begin_of(beyond + 1)),
    )
    rows = {Row(it[0], it[1], ()) for it in found}
    rows |= {Row(account, ground.local_day(published), ()) for account, published in posts}
    for account, start, end, _ in runs(rows):
        words = Words("numbers of {days}, days to come", days=ground.say(start, end))
        yield Fault(account, "", start, end, words)


def find_other_currencies(ground: Ground) -> Iterable[Fault]:
    """An account's money is of one currency. There is no money yet, so nothing is found."""
    return ()


def find_unknown_names(ground: Ground) -> Iterator[Fault]:
    """Every number held is of a platform and a measure that are declared."""
    found = ground.rows(
        "SELECT DISTINCT platform, measure FROM rollup WHERE workspace = ?", ground.workspace
    )
    known = AccountDays.measures()
    for platform, measure in sorted(found):
        if platform not in PLATFORMS:
            words = Words(
                "numbers of “{platform}”, a platform that I don’t know", platform=spaced(platform)
            )
            yield Fault(None, f"{platform}.{measure}", ground.today, ground.today, words)
        elif measure not in known:
            words = Words(
                "{platform} has “{measure}”, a measure that I don’t know",
                platform=PLATFORMS[platform].title,
                measure=spaced(measure),
            )
            yield Fault(None, f"{platform}.{measure}", ground.today, ground.today, words)


def find_disagreement(ground: Ground) -> Iterator[Fault]:
    """Two sources say the same of a settled day, within 5 %.

    A source that corrects itself is a restatement; what was read before the day had settled may
    differ.
    """
    settled = (SETTLE + 1) * timedelta(days=1) // timedelta(microseconds=1)
    day = timedelta(days=1) // timedelta(microseconds=1)
    found = ground.rows(
        f"""
        SELECT was.account, was.measure, was.start, was.value, fact.value
        FROM revision AS was
        JOIN "import" AS older ON older.id = was.import_id
        JOIN "import" AS newer ON newer.id = was.replaced_by
        JOIN account ON account.id = was.account
        JOIN fact ON fact.workspace = was.workspace AND fact.measure = was.measure
            AND fact.platform = account.platform AND fact.day = was.start
            AND fact.account = was.account AND fact.import_id = was.replaced_by
        WHERE was.workspace = ? AND fact.workspace = ? AND older.workspace = ?
            AND newer.workspace = ? AND account.workspace = ? AND was."end" = was.start + 1
            AND was.start >= ? AND older.format <> newer.format
            AND older.undone IS NULL AND newer.undone IS NULL
            AND older.at >= CAST(was.start AS BIGINT) * {day} + {settled}
            AND 20 * abs(was.value - fact.value) > was.value
            AND 20 * abs(was.value - fact.value) > fact.value
        ORDER BY was.start DESC LIMIT {MOST}
        """,
        *(ground.workspace,) * 5,
        ground.since,
    )
    for measure, some in groupby(sorted(found, key=lambda it: it[1]), key=lambda it: it[1]):
        rows = [Row(it[0], it[2], it[3:]) for it in some]
        for account, start, end, run in runs(rows):
            one, other = run[0].figures
            words = Words(
                "two sources differ in {what} of {days}: {one} and {other} on {day}",
                what=title_of(measure),
                days=ground.say(start, end),
                one=Grouped(one),
                other=Grouped(other),
                day=ground.say(start, start + 1),
            )
            yield Fault(account, measure, start, end, words)


def title_of(measure: str) -> Words:
    """Return what people read for a measure: “video views” of ``video_views``."""
    known = AccountDays.measures().get(measure)
    return declared(known.title if known else spaced(measure))


def spaced(name: str) -> str:
    """Return a name that nobody declared as people read it."""
    return name.replace("_", " ")


def find_epochs(ground: Ground) -> Iterator[Fault]:
    """A platform counts a measure as it did: where it lately changed, no change is told across."""
    found = ground.rows(
        """
        SELECT epoch.platform, epoch.measure, epoch.day, epoch.note
        FROM definition_epoch AS epoch
        JOIN rollup ON rollup.platform = epoch.platform AND rollup.measure = epoch.measure
        WHERE rollup.workspace = ? AND (epoch.workspace IS NULL OR epoch.workspace = ?)
            AND epoch.day > ? AND epoch.day <= ? AND rollup.own = ?
        GROUP BY epoch.platform, epoch.measure, epoch.day, epoch.note
        HAVING min(rollup.day) < epoch.day AND max(rollup.day) >= epoch.day
        """,
        *(ground.workspace, ground.workspace, ground.today - RECENT, ground.today, True),
    )
    for platform, measure, day, note in sorted(found):
        title = PLATFORMS[platform].title if platform in PLATFORMS else spaced(platform)
        first = day_of(day)
        words = Words(
            "{platform} counts {what} otherwise since {day}: {note}",
            platform=title,
            what=title_of(measure),
            day=Days(f"{first:%-d %b}", first, day_of(day + 1)),
            note=declared(note),
        )
        yield Fault(None, f"{platform}.{measure}", day, day + 1, words)
