"""Words that change how a KPI of customer issues is counted (support-spec §9.2, §9.3)."""

from collections.abc import Iterable, Mapping

from kpis.words import stems

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "first": ("first", "to first"),
    "cohort": (
        *("cohort", "by cohort", "by opened", "by when opened", "by opening"),
        *("by date opened", "opened in", "by opening date"),
    ),
    "business": (
        *("business hours", "working hours", "office hours", "opening hours", "open hours"),
        *("business time", "working time", "business"),
    ),
    "strict": ("strict", "strictly"),
    "mine": ("mine", "my own", "my"),
}
"""Option → the ways to say it; the first reads back as it."""

LENIENT = frozenset({"my"})
"""Words that mean nothing where the KPI has no such option."""

SAID = {key: words[0] for key, words in OPTIONS.items()}


def know_options() -> dict[tuple[str, ...], str]:
    """Return every way of naming an option, cut into words."""
    return {stems(text): key for key, words in OPTIONS.items() for text in words}


KNOWN_OPTIONS = know_options()
LONGEST = max(map(len, KNOWN_OPTIONS))


def in_order(keys: Iterable[str]) -> tuple[str, ...]:
    """Return options in one order, so that equal questions are equal."""
    held = set(keys)
    return tuple(it for it in OPTIONS if it in held)
