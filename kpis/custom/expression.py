"""The expression language of own KPIs: names of KPIs, numbers, ``+ − × ÷`` and brackets.

An expression becomes the very nodes that the catalogue is written in, so the same rules hold: a
ratio is Σ ÷ Σ, nothing adds people or medians. There are no calls, no attributes, no code::

    expression = term  (("+" | "−") term)*
    term       = factor (("×" | "÷") factor)*
    factor     = number | name | "(" expression ")"

``-``, ``*`` and ``/`` are read too; a minus stands between blanks, for names have hyphens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.process import extractOne

from kpis.answers import Reading, Value
from kpis.catalogue import CATALOGUE
from kpis.counting import OfRecords
from kpis.declarations import Kpi
from kpis.language import Amount, Cell, Leaf, Levels, People
from kpis.question import Refusal
from kpis.records.kinds import reads_records
from kpis.tongue import say
from storage.measures import AccountDays
from storage.record_measures import Records

LONGEST, DEEPEST, LARGEST = 400, 20, 1e15
TOKENS = re.compile(
    r"\s*(?:(?P<number>\d+(?:[.,]\d+)?)|(?P<sign>[()+×÷*/−]|(?<=\s)-(?=\s))"
    r"|(?P<word>[^\W\d_](?:[\w'.-]*\w)?))"
)
EXAMPLE = "(likes + 2 × comments) ÷ impressions"
TOO_LONG = "A formula has up to {most} characters, such as: likes + 2 × comments"
TOO_DEEP = "A formula has up to {most} brackets inside each other."
NEAR = "“{words}” is no KPI that a formula can use. Did you mean {near}?"
UNKNOWN = "“{words}” is no KPI that a formula can use. See all: /kpi list"
SIGNS = {"*": "×", "/": "÷", "-": "−"}


@dataclass(frozen=True, eq=False)
class Plain(Amount):
    """A plain number of an expression."""

    number: float

    def leaves(self) -> tuple[Leaf, ...]:
        return ()

    def value(self, cell: Cell) -> Reading:
        return Value(self.number, self.number)

    @property
    def words(self) -> str:
        return f"{self.number:g}"


@dataclass(frozen=True)
class Token:
    """A number, a sign, or the words of a name that follow each other."""

    kind: str
    text: str


def usable() -> dict[str, Kpi]:
    """Return the KPIs that an expression may name, by every English name in lower case."""
    found: dict[str, Kpi] = {}
    for entry in CATALOGUE.values():
        if isinstance(entry, Kpi) and isinstance(entry.formula, Amount):
            for name in (entry.key, entry.title, *entry.aliases):
                found.setdefault(name.lower().replace("-", " "), entry)
    return found


def read_expression(text: str) -> Amount:
    """Return the formula that an expression says; raises ``Refusal`` with what would work."""
    if len(text) > LONGEST:
        raise Refusal(say(TOO_LONG, most=LONGEST))
    reader = Reader(tokens(text), usable())
    formula = reader.expression(0)
    if reader.at < len(reader.tokens):
        raise strange(reader.tokens[reader.at].text)
    if not formula.leaves():
        raise with_example(say("A formula names at least one KPI."))
    demand_one_engine(formula)
    return formula


def demand_one_engine(formula: Amount) -> None:
    """Refuse to mix records with what is no total of days: levels, people, posts."""
    if not reads_records(formula):
        return
    for leaf in formula.leaves():
        if not isinstance(leaf, OfRecords) and (
            isinstance(leaf, Levels | People) or not isinstance(leaf.rows, Records | AccountDays)
        ):
            raise with_example(say("{words} cannot stand in one formula with visits, ads, sales or "
                                   "mentions.", words=leaf.words))  # fmt: skip


def with_example(said: str) -> Refusal:
    """Return a refusal that shows how a formula is written."""
    return Refusal(f"{said} {say('Write it like: {example}', example=EXAMPLE)}")


def strange(words: str) -> Refusal:
    return with_example(say("I don't understand “{words}” there.", words=words))


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text; words that follow each other are one name."""
    found: list[Token] = []
    at = 0
    text = f" {text.strip()} "
    while text[at:].strip():
        match = TOKENS.match(text, at)
        if match is None:
            raise strange(text[at:].strip()[:20])
        kind = str(match.lastgroup)
        said = match[kind]
        if kind == "word" and found and found[-1].kind == "word":
            found[-1] = Token("word", f"{found[-1].text} {said}")
        else:
            found.append(Token(kind, SIGNS.get(said, said)))
        at = match.end()
    if not found:
        raise with_example(say("The formula is empty."))
    return found


class Reader:
    """Reads tokens by the grammar above, one rule a verb."""

    def __init__(self, tokens: Sequence[Token], names: Mapping[str, Kpi]) -> None:
        self.tokens, self.names, self.at = tokens, names, 0

    def expression(self, depth: int) -> Amount:
        left = self.term(depth)
        while sign := self.take("+", "−"):
            right = self.term(depth)
            left = left + right if sign == "+" else left - right
        return left

    def term(self, depth: int) -> Amount:
        left = self.factor(depth)
        while sign := self.take("×", "÷"):
            right = self.factor(depth)
            left = multiply(left, right) if sign == "×" else divide(left, right)
        return left

    def factor(self, depth: int) -> Amount:
        if depth > DEEPEST:
            raise Refusal(say(TOO_DEEP, most=DEEPEST))
        if self.take("("):
            inner = self.expression(depth + 1)
            if not self.take(")"):
                raise with_example(say("A bracket is not closed."))
            return inner
        if self.at >= len(self.tokens):
            raise with_example(say("The formula ends too early."))
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "number":
            number = float(token.text.replace(",", "."))
            if number > LARGEST:
                raise strange(token.text[:20])
            return Plain(number)
        if token.kind == "word":
            return self.name(token.text)
        raise strange(token.text)

    def name(self, text: str) -> Amount:
        entry = self.names.get(text.lower().replace("-", " "))
        if entry is None:
            near = extractOne(text.lower(), list(self.names), score_cutoff=75)
            if near:
                raise Refusal(say(NEAR, words=text, near=near[0]))
            raise Refusal(say(UNKNOWN, words=text))
        formula = entry.formula
        assert isinstance(formula, Amount)
        return formula

    def take(self, *signs: str) -> str:
        """Return the next sign if it is one of these, and go past it."""
        if self.at < len(self.tokens) and self.tokens[self.at].kind == "sign":
            text = self.tokens[self.at].text
            if text in signs:
                self.at += 1
                return text
        return ""


def multiply(left: Amount, right: Amount) -> Amount:
    if isinstance(right, Plain):
        return left * right.number
    return right * left.number if isinstance(left, Plain) else left * right


def divide(left: Amount, right: Amount) -> Amount:
    if isinstance(right, Plain):
        if not right.number:
            raise Refusal(say("A formula cannot divide by 0."))
        return left * (1 / right.number)
    return left / right
