"""Weeks drawn short: a number a week becomes the rows that an export would have.

``weeks("2026-09-28", reach=(…), likes=(…))`` begins on that day. Reach becomes the platform's own
count of the week; an additive measure is spread over the seven days, the rest on the last; a level
is the last day's. ``None`` leaves a week out.
"""

from collections.abc import Iterable
from datetime import date, timedelta

DAYS = "day | platform | account | {}\n----+---+---+{}\n"
WINDOWS = "start | end | platform | account | reach\n---+---+---+---+---\n"
POSTS = (
    "published | platform | account | post | content_type | title | permalink | hashtags"
    " | reach | likes | comments | shares | clicks\n" + "+".join(["---"] * 13) + "\n"
)
LEVELS = ("followers",)
Numbers = tuple[int | None, ...]


def weeks(
    start: str, *, platform: str = "instagram", account: str = "acme", **numbers: Numbers
) -> dict[str, str]:
    """Return ``days`` and ``windows`` for ``tests.drawn.fill``."""
    first = date.fromisoformat(start)
    reach = numbers.pop("reach", ())
    windows = "".join(
        f"{day} | {day + timedelta(days=6)} | {platform} | {account} | {number}\n"
        for day, number in zip(mondays(first), reach, strict=False)
        if number is not None
    )
    names = list(numbers)
    length = max((len(it) for it in numbers.values()), default=0)
    lines = []
    for at, monday in zip(range(length), mondays(first), strict=False):
        held = {name: it[at] for name, it in numbers.items() if it[at] is not None}
        if not held:
            continue
        for place in range(7):
            cells = [cell(name, held.get(name), place) for name in names]
            lines.append(
                f"{monday + timedelta(days=place)} | {platform} | {account} | {cells_of(cells)}"
            )
    drawn = {}
    if lines:
        drawn["days"] = DAYS.format(" | ".join(names), "+".join("---" for _ in names)) + "\n".join(
            lines
        )
    if windows:
        drawn["windows"] = WINDOWS + windows
    return drawn


def cell(name: str, number: int | None, place: int) -> str:
    """Return one day's cell: a seventh, and the rest on Sunday; of a level the number itself."""
    if number is None:
        return ""
    if name in LEVELS:
        return str(number)
    part = number // 7
    return str(number - 6 * part if place == 6 else part)


def cells_of(cells: Iterable[str]) -> str:
    return " | ".join(cells)


def mondays(first: date) -> Iterable[date]:
    for number in range(60):
        yield first + timedelta(days=7 * number)


def joined(*drawn: dict[str, str]) -> dict[str, str]:
    """Return several drawings with equal columns as one."""
    whole: dict[str, str] = {}
    for one in drawn:
        for name, text in one.items():
            rows = text.splitlines()
            if name in whole:
                assert whole[name].splitlines()[0] == rows[0], "columns differ"
                rows = rows[2:]
            whole[name] = "\n".join(filter(None, (whole.get(name, ""), *rows)))
    return whole


def post(
    published: str, reach: int | str, *, kind: str = "photo", title: str = "", tags: str = "",
    platform: str = "instagram", account: str = "acme", link: str = "",
) -> str:  # fmt: skip
    """Return a line of posts; its id is when it went out."""
    name = f"{platform}-{account}-{published}".replace(" ", "-")
    return (
        f"{published} | {platform} | {account} | {name} | {kind} | {title} | {link} | {tags}"
        f" | {reach} | 10 | 1 | 1 | 1\n"
    )


def posts(lines: Iterable[str]) -> dict[str, str]:
    """Return ``posts`` for ``tests.drawn.fill``."""
    return {"posts": POSTS + "".join(lines)}
