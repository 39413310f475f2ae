"""An answer in words, the same on every surface: terminal, message, notification, alt text."""

from collections.abc import Sequence
from datetime import date, timedelta

from kpis.answers import Absent, Answer, Coverage, Figure, Value
from kpis.catalogue import CATALOGUE, SECTIONS, Kpi, Later, Service, Table
from kpis.catalogue import declared as declared_in
from kpis.numbers import write, write_change, write_with_unit
from kpis.options import SAID
from kpis.periods import say_day, say_days
from kpis.question import Beside, Directory, Question
from kpis.service_words import formula_of
from kpis.statistics import SMALL_RATE
from kpis.surroundings import Surroundings
from kpis.titles import count
from storage.measures import Unit
from storage.platforms import PLATFORMS

ZONE_NAMES = {"America/Los_Angeles": "Pacific", "UTC": "UTC"}
"""Zones that have a name of their own in people's mouths."""


def say_zone(zone: str) -> str:
    """Return “Pacific”, “UTC”, “Stockholm time”."""
    return ZONE_NAMES.get(zone) or f"{zone.rsplit('/', 1)[-1].replace('_', ' ')} time"


def say_value(figure: Figure, unit: Unit) -> str:
    """Return the value as a headline says it, or why there is none."""
    if figure.headline:
        return figure.headline
    value = figure.value
    if isinstance(value, Absent):
        return value.words if value.words.endswith(".") else f"{value.reason}: {value.words}"
    if value.exact:
        return write_with_unit(value.low, unit)
    if value.high is None:
        return f"At least {write_with_unit(value.low, unit)}"
    if not value.low:
        return f"At most {write_with_unit(value.high, unit)}"
    return f"Between {write(value.low, unit)} and {write_with_unit(value.high, unit)}"


def headline(answer: Answer, figure: Figure | None = None) -> str:
    """Return “54,310 people, +8.4 % (50,100 before)”."""
    shown = figure or answer.main
    said = say_value(shown, answer.unit)
    change = say_change(answer, shown)
    return f"{said}, {change}" if change else said


def say_change(answer: Answer, figure: Figure) -> str:
    """Return “+8.4 % (50,100 before)”, or nothing where no change may be told."""
    change, previous = figure.change, figure.previous
    if change is None or change.kind == "unclear" or not isinstance(previous, Value):
        return ""
    if figure.headline and not previous.exact:
        return ""
    then = write(previous.low, answer.unit)
    return f"{write_change(change, answer.unit)} ({then} {say_baseline(answer.question)})"


def say_baseline(question: Question) -> str:
    if question.baseline.kind is Beside.LAST_YEAR:
        return "a year before"
    if question.baseline.kind is Beside.ACCOUNTS:
        return question.baseline.words or "there"
    return "before"


def details(answer: Answer) -> list[str]:
    """Return the sentences under the headline: what bounds mean, why no change, the lines."""
    main = answer.main
    said = list(main.details)
    if main.change is not None and main.change.kind == "unclear" and main.change.words:
        said.append(sentence_case(main.change.words))
    said += [f"{capital(name)} {say_reading(it, unit)}." for name, it, unit in answer.beside]
    if answer.together is not None:
        said += [line(answer, figure) for figure in answer.lines]
    said += [line(answer, figure) for figure in answer.breakdown]
    return said


def line(answer: Answer, figure: Figure) -> str:
    """Return “Instagram acme: 18,900 people, +12 %”."""
    value = say_value(figure, answer.unit)
    if figure.headline:
        value = value[0].lower() + value[1:]
    change = figure.change
    moved = ""
    if change is not None and change.kind != "unclear":
        moved = f", {write_change(change, answer.unit)}"
    return f"{figure.name}: {value}{moved}"


def say_reading(reading: Value | Absent, unit: Unit) -> str:
    if isinstance(reading, Absent):
        return f"{reading.reason}"
    return write_with_unit(reading.low, unit)


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def sentence_case(words: str) -> str:
    said = capital(words)
    return said if said.endswith(".") else f"{said}."


def footnote(answer: Answer) -> str:
    """Return “24 Oct – 22 Nov, Pacific · 30 of 30 days, last 2 not final yet”."""
    question, coverage = answer.question, answer.coverage
    period = question.period
    dates = say_days(period.start, period.end, question.today.year)
    zones = " and ".join(say_zone(it) for it in coverage.zones)
    if coverage.until:
        dates += f" until {coverage.until}"
    parts = [f"{dates}, {zones}" if zones else dates]
    if coverage.days:
        parts.append(say_coverage(coverage))
    if len(coverage.zones) > 1:
        parts.append("platforms cut their days in different zones")
    if coverage.sample:
        parts.append("sample data")
    if isinstance(answer.main.value, Value) and small_sample(answer):
        parts.append("small sample")
    return " · ".join(parts)


def small_sample(answer: Answer) -> bool:
    """Whether a rate rests on fewer than 100 people (kpi-catalogue §1, *Small samples*)."""
    if answer.unit is not Unit.PERCENT or len(answer.receipt.components) < 2:
        return False
    bottom = answer.receipt.components[-1].value
    return bottom is not None and bottom < SMALL_RATE


def say_coverage(coverage: Coverage) -> str:
    if not coverage.unit.endswith("days"):
        said = count(coverage.rows, coverage.unit.removesuffix("s")) + (
            f" {coverage.basis}" if coverage.basis else ""
        )
    else:
        noun = coverage.unit.removesuffix("s")
        said = f"{coverage.held:,} of {count(coverage.days, noun)}"
    if coverage.provisional == 1:
        said += ", the last not final yet"
    elif coverage.provisional:
        said += f", last {coverage.provisional} not final yet"
    if coverage.left_out:
        said += f", {coverage.left_out:,} left out (a part is missing)"
    if coverage.unit == "posts" and coverage.held < coverage.days:
        noun = "account day" if coverage.several else "day"
        said += f", read for {coverage.held:,} of {count(coverage.days, noun)}"
    return said


def sentence(answer: Answer) -> str:
    """Return the answer as one full sentence with its number: what a notification reads."""
    main, period = answer.main, answer.question.period
    dates = say_days(period.start, period.end, answer.question.today.year)
    said = say_value(main, answer.unit)
    if isinstance(main.value, Absent):
        return said if said.endswith(".") else f"{answer.kpi_title}, {answer.scope_title}: {said}."
    if not said[0].isdigit():
        said = said[0].lower() + said[1:]
    moved = say_change(answer, main)
    return f"{answer.kpi_title}, {answer.scope_title}, {dates}: {said}" + (
        f", {moved}." if moved else "."
    )


def notes(answer: Answer) -> list[str]:
    """Return the notes and the breaks inside the asked period."""
    marks = [
        f"{it.words} ({say_day(it.day, answer.question.today.year)})."
        for it in answer.marks
        if answer.question.period.start <= it.day
    ]
    return [*answer.notes, *marks]


def alt_text(answer: Answer) -> str:
    """Return what the chart shows, with its numbers, for people who hear it."""
    said = [answer.title, headline(answer), footnote(answer)]
    points = [it for it in answer.main.series if it.value is not None]
    if len(points) > 1:
        top = max(points, key=lambda it: it.value or 0.0)
        low = min(points, key=lambda it: it.value or 0.0)
        said.append(
            f"Highest {write(top.value or 0, answer.unit)} on {say_slot(top.start, top.end)}, "
            f"lowest {write(low.value or 0, answer.unit)} on {say_slot(low.start, low.end)}"
        )
    shown = answer.breakdown or answer.parts or (answer.lines if answer.together else ())
    said += [line(answer, it) for it in shown[:12]]
    if answer.grid is not None and not answer.grid.heat:
        said += [f"{name}: {', '.join(c.words for c in cells)}" for name, cells in answer.grid.rows]
    return " ".join(it if it.endswith(".") else f"{it}." for it in said)[:1990]


def say_slot(start: date, end: date) -> str:
    return say_days(start, end, None)


def shared_title(answers: Sequence[Answer]) -> str:
    """Return the title of several answers to one question: “all 3 accounts · last week”."""
    scopes = [it.scope_title for it in answers if it.scope_title]
    counted = [it for it in scopes if it.endswith(" accounts") and "," not in it]
    scope = (
        f"all {counted[0].split()[-2]} accounts" if counted else max(scopes, key=len, default="")
    )
    return " · ".join(it for it in (capital(scope), answers[0].question.period.words) if it)


def shared_footnote(answers: Sequence[Answer]) -> str:
    """Return the footnote of several answers: that of the one whose data cover least."""
    held = [it for it in answers if it.coverage.days] or list(answers)
    return footnote(min(held, key=lambda it: it.coverage.held / max(it.coverage.days, 1)))


def shared_notes(answers: Sequence[Answer]) -> list[str]:
    """Return what is to be said of several answers, each thing once, with why no change is told."""
    reasons = [
        sentence_case(it.main.change.words)
        for it in answers
        if it.main.change is not None and it.main.change.words.startswith("no change")
    ]
    return list(dict.fromkeys([*reasons, *(note for it in answers for note in notes(it))]))


def plain(answer: Answer) -> str:
    """Return the whole answer as lines of text."""
    return "\n".join(lines_of(answer))


def lines_of(answer: Answer) -> list[str]:
    """Return the lines of an answer: title, headline, details, notes, footnote."""
    said = [answer.title, headline(answer), *details(answer)]
    if answer.grid is not None and not answer.grid.heat:
        said += [
            f"{name}: "
            + ", ".join(
                f"{column} {cell.words}"
                for column, cell in zip(answer.grid.columns, cells, strict=True)
            )
            + (" (small sample)" if cells and cells[0].small else "")
            for name, cells in answer.grid.rows
        ]
    said += notes(answer)
    if answer.coverage.days:
        said.append(footnote(answer))
    return said


def row(answer: Answer) -> tuple[str, str, str]:
    """Return name, value and change: a row of the small table that several KPIs give."""
    main = answer.main
    value = say_value(main, answer.unit)
    if isinstance(main.value, Absent):
        value = "no data" if main.value.reason == "no data" else str(main.value.reason)
    change = main.change
    moved = "" if change is None or change.kind == "unclear" else write_change(change, answer.unit)
    return answer.kpi_title, value, moved


def data_rows(answer: Answer) -> list[list[str | float | None]]:
    """Return the numbers behind an answer as rows of a data file, the header first.

    Shares are fractions; an empty cell is no data. The last rows say what the file is.
    """
    rows: list[list[str | float | None]]
    if answer.grid is not None:
        rows = [[answer.grid.label, *answer.grid.columns]]
        rows += [[name, *(cell.value for cell in cells)] for name, cells in answer.grid.rows]
    elif answer.breakdown:
        rows = [[answer.question.by or "", answer.kpi_title]]
        rows += [[it.name, known(it.value)] for it in answer.breakdown]
    else:
        shown = [*answer.lines, *([answer.together] if answer.together else [])]
        tall = any(it.upper is not None for it in answer.main.series)
        rows = [["from", "to", *(it.name for it in shown), "not final", *(["9 in 10"] * tall)]]
        for at, point in enumerate(answer.main.series):
            values = [whole_number(it.series[at].value) for it in shown]
            last = point.end - timedelta(days=1)
            upper = [whole_number(point.upper)] * tall
            unsure = "yes" if point.provisional else ""
            rows.append([str(point.start), str(last), *values, unsure, *upper])
        rows.append(["whole period", "", *(known(it.value) for it in shown), ""])
    return [*rows, [], [answer.title], [footnote(answer)], [f"/kpi {answer.receipt.repeat}"]]


def known(reading: Value | Absent) -> float | str | None:
    """Return an exact number, a range in words, or nothing."""
    if isinstance(reading, Absent):
        return None
    if reading.exact:
        return whole_number(reading.low)
    said = [f"at least {in_full(reading.low)}"] if reading.low else []
    said += [f"at most {in_full(reading.high)}"] if reading.high is not None else []
    return ", ".join(said)


def whole_number(value: float | None) -> float | int | None:
    """Return a count without decimals, and everything else as it is."""
    return int(value) if value is not None and value == int(value) else value


def in_full(number: float) -> str:
    """Return a number with all its digits."""
    return str(int(number)) if number == int(number) else repr(number)


# --- the receipt -----------------------------------------------------------------------------


def receipt_sections(answer: Answer) -> list[tuple[str, list[str]]]:
    """Return the parts of “How this was worked out”: heading and lines."""
    receipt, coverage = answer.receipt, answer.coverage
    built = [say_component(it.words, it.value, it.rows) for it in receipt.components]
    sections = [
        (headline(answer), [receipt.meaning]),
        ("Built from", [receipt.formula, *built, *receipt.lines]),
        ("Data", [data_line(answer)]),
    ]
    if receipt.definitions:
        sections.append(("Also", [f"{name}: {value}" for name, value in receipt.definitions]))
    if coverage.missing and coverage.unit == "days":
        sections.append(("Missing", [say_missing(coverage.missing, answer.question.today.year)]))
    sections.append(("Repeat", [f"/kpi {receipt.repeat}"]))
    return [(title, [it for it in lines if it]) for title, lines in sections if any(lines)]


def say_component(words: str, value: float | None, rows: int) -> str:
    number = "no data" if value is None else write(value, Unit.COUNT)
    return f"{words}: {number}" + (f" ({count(rows, 'row')})" if rows else "")


def data_line(answer: Answer) -> str:
    coverage = answer.coverage
    parts = [footnote(answer)]
    if coverage.files and coverage.newest is not None:
        at = coverage.newest
        files = count(coverage.files, "file")
        parts.append(f"{files}, newest {say_day(at.date(), None)} {at:%H:%M}")
    return " · ".join(parts)


def say_missing(days: tuple[date, ...], year: int) -> str:
    shown = ", ".join(say_day(it, year) for it in days[:20])
    return shown + (f" and {len(days) - 20} more" if len(days) > 20 else "")


# --- help, list, guide -----------------------------------------------------------------------


def help_lines(surroundings: Surroundings) -> list[str]:
    """Return the help: examples with accounts that exist, defaults, and what is held."""
    own = [it for it in surroundings.accounts if it.own]
    rivals = [it for it in surroundings.brands if not it.own]
    platform = PLATFORMS[own[0].platform].key if own else "instagram"
    versus = rivals[0].name.lower() if rivals else "last year"
    said = [
        "Ask for a number, in any order:",
        f"/kpi reach {platform}",
        "/kpi engagement rate last month",
        f"/kpi followers vs {versus}",
        *(["/kpi first response time today"] if surroundings.channels else []),
        "No period: last 28 days. No account: all.",
        "In a thread: @Kepi reach last week",
        "Also: digest, goal, alerts, data, status, list, guide · /support",
    ]
    held = surroundings.held(tuple(it.id for it in own))
    if held is not None:
        from kpis.slots import day_of

        names = ", ".join(dict.fromkeys(PLATFORMS[it.platform].title for it in own))
        said.append(f"You have {names} · to {say_day(day_of(held[1]), None)}")
    else:
        said.append("No data yet: drop an export here, and I'll read it.")
    return said


def list_lines() -> list[str]:
    """Return every KPI by section, and those that are not here yet."""
    said: list[str] = []
    for section, module in SECTIONS.items():
        said.append(section)
        said += [f"{entry.key}: {entry.title}" for entry in declared_in(module)]
    later = ", ".join(it.title for it in CATALOGUE.values() if isinstance(it, Later))
    return [*said, "Not here yet", later]


def say_options(entry: Service) -> list[str]:
    """Return how a KPI of customer issues is worked out, and what words change it."""
    said = [f"Worked out as: {formula_of(entry.title, entry.figure, ()).partition(' = ')[2]}."]
    words = [SAID[it] for it in entry.options if it != "mine"]
    if words:
        said.append("Also: " + ", ".join(words) + ".")
    return said


def guide_lines(key: str | None, directory: Directory) -> list[str]:
    """Return what a KPI means, how it is worked out and why it matters."""
    if key is None:
        return ["Ask for one: /kpi guide reach", *list_lines()]
    entry = CATALOGUE[key]
    if isinstance(entry, Later):
        return [entry.title, f"Not here yet: it needs {entry.needs}."]
    said = [entry.title, entry.meaning, f"Why it matters: {entry.why}"]
    if isinstance(entry, Kpi):
        said.append(f"Worked out as: {entry.formula.words}.")
        if entry.variants:
            said.append("Also: " + ", ".join(f"{key} {it}" for it in entry.variants) + ".")
    if isinstance(entry, Service):
        said += say_options(entry)
    if isinstance(entry, Table):
        said.append(f"One row for each {' and '.join(entry.by)}.")
    if entry.caveat:
        said.append(entry.caveat.replace("{days}", "as many"))
    if entry.aliases:
        said.append("Also called: " + ", ".join(entry.aliases) + ".")
    splits = directory.dimensions.get(key, ())
    if splits:
        said.append("Split by: " + ", ".join(it.replace("-", " ") for it in splits) + ".")
    return said
