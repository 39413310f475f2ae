"""Which issues a question is of, and into which groups a split puts them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from kpis.parsing import not_set_up
from kpis.periods import say_weekday
from kpis.question import Question, Refusal, Scope
from kpis.service_figures import Span
from kpis.service_rows import Filter, Row
from kpis.service_targets import KINDS
from kpis.surroundings import Surroundings
from kpis.titles import listed
from kpis.tongue import say, say_declared
from storage.calendar import start_of
from storage.platforms import PLATFORMS
from storage.tables import EPOCH, instant_number

OTHER = "other"
NOBODY = "nobody yet"
FEW_OF_A_PERSON = 5
PLATFORM_NAMES = {
    "google_reviews": "Google reviews",
    "line": "LINE",
    "zalo": "Zalo",
    "whatsapp": "WhatsApp",
    "email": "Email",
    "other": "Other",
    "": "Slack",
}
VIAS = {
    "message": "a customer's message",
    "relay": "a relayed post",
    "shortcut": "the shortcut",
    "mark": "🎫",
    "command": "/support new",
    "mention": "a mention",
    "import": "an import",
}


def filter_of(scope: Scope, around: Surroundings, person: str) -> Filter:
    """Return which issues a scope means.

    Raises ``Refusal`` for accounts, and for channels that are hidden from who reads the answer.
    """
    if scope.accounts:
        raise Refusal(
            say(
                "Issues are known by platform and channel, not by account. "
                "Try: first response time instagram, or by channel."
            )
        )
    if not around.hidden.isdisjoint(scope.channels):
        raise not_set_up(say("That channel"), around.directory)
    brands = tuple(around.brand_names[it] for it in scope.brands)
    return Filter(scope.platforms, scope.channels, brands, person, tuple(sorted(around.hidden)))


def say_scope(question: Question, around: Surroundings, channels: Sequence[str]) -> str:
    """Return “Instagram”, “#care” or “all 3 channels”."""
    scope = question.scope
    said = [PLATFORMS[it].title for it in scope.platforms]
    said += [around.brand_names[it] for it in scope.brands]
    said += [channel_name(it, around) for it in scope.channels]
    if "mine" in question.options:
        said.append(say("yours"))
    if said:
        return listed(said)
    n = len(channels)
    if n == 1:
        return channel_name(channels[0], around)
    return say("all {number} channels", number=n) if n else ""


def channel_name(channel: str, around: Surroundings) -> str:
    name = around.channel_names.get(channel)
    return f"#{name}" if name else channel


def platform_name(platform: str) -> str:
    if platform in PLATFORMS:
        return PLATFORMS[platform].title
    return say_declared(PLATFORM_NAMES.get(platform, platform))


def span_of(start: date, end: date, zone: ZoneInfo) -> Span:
    """Return the instants of whole local days: 23 or 25 hours where the clocks change."""
    first, last = start_of(start, zone), start_of(end, zone)
    return Span(instant_number(first), instant_number(last))


def groups_of(
    rows: Sequence[Row], by: str, around: Surroundings, *, by_start: bool
) -> Mapping[str, list[Row]]:
    """Return the rows of each group of a split, by the group's name."""
    name = namer(by, around, by_start=by_start)
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[name(row)].append(row)
    return found


def namer(by: str, around: Surroundings, *, by_start: bool) -> Callable[[Row], str]:
    """Return what names a row's group."""
    if by in ("weekday", "hour"):
        zone = ZoneInfo(around.zone)

        def local(row: Row) -> datetime:
            at = row.start if by_start or row.end is None else row.end
            return (EPOCH + timedelta(microseconds=at)).astimezone(UTC).astimezone(zone)

        if by == "hour":
            return lambda row: f"{local(row).hour:02d}"
        return lambda row: say_weekday(local(row).weekday())
    return {
        "channel": lambda row: channel_name(row.channel, around),
        "platform": lambda row: platform_name(row.platform),
        "brand": lambda row: row.brand or say("no brand"),
        "priority": lambda row: say_declared(row.priority or "normal"),
        "via": lambda row: say_declared(VIAS.get(row.via, row.via)),
        "person": lambda row: row.person or row.assignee or say(NOBODY),
        "target": lambda row: say_declared(KINDS.get(row.kind, row.kind)),
    }[by]


def in_order(names: Iterable[str], by: str, sizes: Mapping[str, int]) -> list[str]:
    """Return the names of groups: in order of time, else the largest first."""
    if by == "weekday":
        held = set(names)
        return [it for it in map(say_weekday, range(7)) if it in held]
    if by == "hour":
        return sorted(names)
    if by == "target":
        held = set(names)
        return [it for it in map(say_declared, KINDS.values()) if it in held]
    return sorted(names, key=lambda it: (-sizes[it], it))


def fold_people(groups: Mapping[str, list[Row]], sizes: Mapping[str, int]) -> dict[str, list[Row]]:
    """Return the groups with people of few samples as one (support-spec §9.5).

    What nobody was credited with is nobody's, and not the others'.
    """
    folded: dict[str, list[Row]] = {}
    for name, rows in groups.items():
        known = name == say(NOBODY) or sizes.get(name, 0) >= FEW_OF_A_PERSON
        kept = name if known else say(OTHER)
        folded.setdefault(kept, []).extend(rows)
    return folded
