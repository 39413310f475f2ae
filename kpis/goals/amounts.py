"""How much: “5k”, “up 20 %”, “10,000”, “30 min”, “double”, off the words of a goal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kpis.goals.draft import Amount
from kpis.question import Refusal
from kpis.tongue import say
from kpis.words import quote
from storage.measures import Unit

SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "mln": 1e6}
SCALES |= {"million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}
SECONDS = {"s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60}
SECONDS |= {"h": 3600, "hr": 3600, "hour": 3600, "d": 86400, "day": 86400}
FACTORS = {"double": 2.0, "twice": 2.0, "doubled": 2.0, "triple": 3.0, "treble": 3.0}
FACTORS |= {"quadruple": 4.0, "halve": 0.5, "half": 0.5, "halved": 0.5}
MOST = 1e12

FIGURE = r"\d{1,3}(?:[,'’ ]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d+(?:[.,]\d+)?"
TIME = r"seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d"
EDGE, ENDS = r"(?<![\w.,/])", r"(?![\w])"
CLOCK = re.compile(
    rf"{EDGE}(\d{{1,4}}) ?(?:hours?|hrs?|h) ?(?:and )?(\d{{1,2}}) ?(?:m(?:in(?:utes?)?s?)?)?{ENDS}"
)
NUMBER = re.compile(
    rf"{EDGE}(?P<sign>[-+−] ?)?(?P<figure>{FIGURE}) ?"
    rf"(?P<after>%-points?|percentage points?|%|percent|per cent|pct|pts?|points?|pp"
    rf"|thousand|million|billion|mio|mln|mn|bn|{TIME}|[kmb]|times|x(?<=\dx))?{ENDS}"
)
"""“x” right behind its figure is “times”; apart from it, the platform."""
FACTOR = re.compile(rf"{EDGE}({'|'.join(FACTORS)}){ENDS}")

UP = "up|grow|growing|increase|increasing|raise|boost|gain|gaining|add|more|extra|higher|rise|plus"
DOWN = "down|decrease|reduce|reducing|cut|cutting|lower|drop|shrink|fewer|less|minus|shorten|faster"
LEAST = "above|over|at least|min|minimum|minimum of|exceed|beyond|more than|higher than|>=|>|≥"
MOST_WORDS = (
    "below|under|within|at most|max|maximum|maximum of|less than|fewer than|lower than|<=|<|≤"
)
BETTER = "improve|better"


@dataclass(frozen=True)
class Said:
    """A number as it was written, and the words around it."""

    text: str
    figure: float
    after: str
    """``%``, ``points``, ``time``, ``times`` or nothing."""
    seconds: float = 0.0
    before: str = ""
    """What stands right before it: “to”, “by”, “above”."""


def cut_amounts(line: str) -> tuple[list[Said], str]:
    """Return the numbers of a line and the line without them."""
    found: list[Said] = []
    while clock := CLOCK.search(line):
        seconds = int(clock[1]) * 3600 + int(clock[2]) * 60
        found.append(Said(clock[0], seconds, "time", seconds, before(line, clock.start())))
        line = f"{line[: clock.start()]} ▪ {line[clock.end() :]}"
    while number := NUMBER.search(line):
        found.append(read_number(number, before(line, number.start())))
        line = f"{line[: number.start()]} ▪ {line[number.end() :]}"
    while factor := FACTOR.search(line):
        found.append(Said(factor[0], FACTORS[factor[1]], "times", before=""))
        line = f"{line[: factor.start()]} ▪ {line[factor.end() :]}"
    return found, line


def before(line: str, at: int) -> str:
    """Return the one or two words before a number."""
    return " ".join(line[:at].split()[-2:])


def read_number(found: re.Match[str], ahead: str) -> Said:
    after = (found["after"] or "").strip()
    figure = read_figure(found["figure"], after)
    sign = -1.0 if (found["sign"] or "").strip() in ("-", "−") else 1.0
    said = found[0].strip()
    mark = "+ " if (found["sign"] or "").strip() == "+" else ""
    unit = after.rstrip("s") if len(after) > 1 else after
    if after in ("%", "percent", "per cent", "pct"):
        return Said(said, sign * figure, "%", before=mark + ahead)
    if unit in ("%-point", "percentage point", "pt", "point", "pp"):
        return Said(said, sign * figure, "points", before=mark + ahead)
    if after in ("times", "x"):
        return Said(said, sign * figure, "times", before=ahead)
    seconds = figure * SECONDS[unit] if unit in SECONDS else 0.0
    if after in ("m",) or unit not in SECONDS:
        return Said(said, sign * figure * SCALES.get(after, 1.0), "", sign * seconds, mark + ahead)
    return Said(said, sign * seconds, "time", sign * seconds, mark + ahead)


def read_figure(text: str, after: str) -> float:
    """Return the number of “5,000”, “5.000.000”, “10 000”, “4.5” or, before “%”, “4,5”."""
    bare = re.sub(r"[ '’]", "", text)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare):
        return float(bare.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", bare):
        return float(bare.replace(".", ""))
    if not after and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", bare):
        return float(bare.replace(".", ""))
    return float(bare.replace(",", "."))


def has(line: str, words: str) -> bool:
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", line) is not None


def interpret(said: Said, line: str, unit: Unit, better: str, name: str) -> tuple[Amount, str]:
    """Return the amount, and whether ``higher`` or ``lower`` is meant.

    ``line`` holds the words of the goal, ``better`` is the KPI's own. Raises ``Refusal`` where a
    number does not fit the unit, or would be reached by getting worse.
    """
    line = line.replace("▪", " ")
    up, down = has(line, UP) or said.before.startswith("+"), has(line, DOWN) or said.figure < 0
    least, most = has(line, LEAST), has(line, MOST_WORDS)
    if has(line, BETTER):
        up, down = better != "lower", better == "lower"
    if (least or most) and not said.figure < 0:
        up, down = False, False
    says_to = least or most or said.before.split()[-1:] in (["to"], ["="], ["reach"], ["hit"])
    size = abs(said.figure)
    if size == 0 or size > MOST:
        raise Refusal(say("A goal needs a number above 0, not {words}.", words=quote(said.text)))
    if said.after == "times":
        return check(Amount("times", size, said.text), size >= 1, better, name, said)
    if said.after == "%" and (unit is not Unit.PERCENT or ((up or down) and not says_to)):
        return relative(said, size, up, down, better, name)
    value = in_unit(said, unit, name)
    if (up or down) and not says_to and said.after != "points":
        sign = -1 if down else 1
        return check(Amount("more", sign * value, said.text), sign > 0, better, name, said)
    if said.after == "points":
        lowers = down or (better == "lower" and not up)
        amount = Amount("more", -value if lowers else value, said.text)
        return check(amount, not lowers, better, name, said)
    wanted = "lower" if most or (down and not least) else "higher" if least or up else ""
    if wanted and better != "neither" and wanted != better:
        raise wrong_way(better, name, said.text)
    return Amount("to", value, said.text), wanted or (better if better != "neither" else "higher")


def relative(
    said: Said, size: float, up: bool, down: bool, better: str, name: str
) -> tuple[Amount, str]:
    if not up and not down:
        told = {"words": quote(said.text), "name": name.lower(), "size": said.text}
        if better == "lower":
            raise Refusal(say("{words}: up or down? Say {name} down {size}.", **told))
        raise Refusal(say("{words}: up or down? Say {name} up {size}.", **told))
    if down and size >= 100:
        words = quote(said.text)
        raise Refusal(say("{words} down leaves nothing. Name less than 100 %.", words=words))
    factor = 1 - size / 100 if down else 1 + size / 100
    return check(Amount("times", factor, said.text), not down, better, name, said)


def in_unit(said: Said, unit: Unit, name: str) -> float:
    """Return the number in the KPI's unit."""
    size = abs(said.figure)
    if unit is Unit.SECONDS:
        if not said.seconds:
            raise Refusal(
                say(
                    "{name} is a time: is {words} minutes or hours? Write 30 min or 2 h.",
                    name=name,
                    words=quote(said.text),
                )
            )
        return abs(said.seconds)
    if said.after == "time":
        raise Refusal(
            say(
                "{name} is no time, so {words} doesn't fit. Write a plain number.",
                name=name,
                words=quote(said.text),
            )
        )
    if unit is Unit.PERCENT:
        if said.after not in ("%", "points") and size > 1:
            raise Refusal(
                say(
                    "{name} is a share: write {number} %, if that is meant.",
                    name=name,
                    number=said.text,
                )
            )
        if said.after not in ("%", "points"):
            return size
        return size / 100
    if said.after == "points":
        raise Refusal(
            say("{name} is no share, so points don't fit. Write a plain number or a %.", name=name)
        )
    return size


def check(amount: Amount, rises: bool, better: str, name: str, said: Said) -> tuple[Amount, str]:
    wanted = "higher" if rises else "lower"
    if better != "neither" and wanted != better and amount.value != 1:
        raise wrong_way(better, name, said.text)
    if amount.kind == "times" and amount.value == 1:
        words = quote(said.text)
        raise Refusal(say("{words} changes nothing. Name a number to reach.", words=words))
    return amount, wanted


def wrong_way(better: str, name: str, said: str) -> Refusal:
    if better == "higher":
        return Refusal(
            say(
                "{name}: more is better, so a goal goes up. Say {lower} up 20 %, or above a "
                "number.",
                name=name,
                lower=name.lower(),
            )
        )
    return Refusal(
        say(
            "{name}: less is better, so a goal goes down. Say {lower} down 20 %, or below a "
            "number.",
            name=name,
            lower=name.lower(),
        )
    )
