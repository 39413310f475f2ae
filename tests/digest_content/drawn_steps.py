"""Posts and issues that the named rules fire on, or just do not."""

from datetime import date, timedelta

from kpis.digests.report import Report, StepOffer
from tests.digest_content.drawn_weeks import post

LAST = date(2026, 11, 22)


def offers(report: Report, rule: str) -> list[StepOffer]:
    return [it for it in report.steps if it.rule == rule]


def back(days: int) -> str:
    """Return a day so many days before Sunday 22 November."""
    return str(LAST - timedelta(days=days))


def quiet(number: int, *, reach: int = 1_000, hour: int = 10) -> list[str]:
    """Return posts on Mondays to Fridays but Tuesdays, of slightly different reach."""
    found: list[str] = []
    day = LAST - timedelta(days=6)
    while len(found) < number:
        day -= timedelta(days=1)
        if day.weekday() in (0, 2, 3, 4):
            found.append(post(f"{day} {hour}:00", reach + 7 * (len(found) % 5)))
    return found


def tuesdays(number: int, reach: int, *, kind: str = "photo", hour: int = 10) -> list[str]:
    """Return posts on the last Tuesdays."""
    first = LAST - timedelta(days=5)
    return [
        post(f"{first - timedelta(days=7 * at)} {hour}:15", reach + at, kind=kind)
        for at in range(number)
    ]


ISSUE = "{channel} | 2026-11-{day:02} {hour:02}:00 | +{minutes} min\n"


def issues(**channels: tuple[int, int]) -> str:
    """Return so many issues a channel, each answered in so many minutes."""
    lines = [
        ISSUE.format(channel=name, day=10 + at % 12, hour=8 + at // 12, minutes=minutes)
        for name, (number, minutes) in channels.items()
        for at in range(number)
    ]
    return "channel | opened | answered\n---+---+---\n" + "".join(lines)
