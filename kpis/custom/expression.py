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
from kpis.declarations import Kpi
from kpis.language import Amount, Cell, Leaf
from kpis.question import Refusal

LONGEST, DEEPEST = 400, 20
TOKENS = re.compile(
    r"\s*(?:(?P<number>\d+(?:[.,]\d+)?)|(?P<sign>[()+×÷*/−]|(?<=\s)-(?=\s))"
    r"|(?P<word>[^\W\d_](?:[\w'.-]*\w)?))"
)
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
        raise Refusal(f"A formula has up to {LONGEST} characters, such as: likes + 2 × comments")
    reader = Reader(tokens(text), usable())
    formula = reader.expression(0)
    if reader.at < len(reader.tokens):
        raise Refusal(f"I don't understand “{reader.tokens[reader.at].text}” there. {EXAMPLE}")
    if not formula.leaves():
        raise Refusal(f"A formula names at least one KPI. {EXAMPLE}")
    return formula


EXAMPLE = "Write it like: (likes + 2 × comments) ÷ impressions"


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text; words that follow each other are one name."""
    found: list[Token] = []
    at = 0
    text = f" {text.strip()} "
    while text[at:].strip():
        match = TOKENS.match(text, at)
        if match is None:
            raise Refusal(f"I don't understand “{text[at:].strip()[:20]}” there. {EXAMPLE}")
        kind = str(match.lastgroup)
        said = match[kind]
        if kind == "word" and found and found[-1].kind == "word":
            found[-1] = Token("word", f"{found[-1].text} {said}")
        else:
            found.append(Token(kind, SIGNS.get(said, said)))
        at = match.end()
    if not found:
        raise Refusal(f"The formula is empty. {EXAMPLE}")
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
            raise Refusal(f"A formula has up to {DEEPEST} brackets inside each other.")
        if self.take("("):
            inner = self.expression(depth + 1)
            if not self.take(")"):
                raise Refusal(f"A bracket is not closed. {EXAMPLE}")
            return inner
        if self.at >= len(self.tokens):
            raise Refusal(f"The formula ends too early. {EXAMPLE}")
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "number":
            return Plain(float(token.text.replace(",", ".")))
        if token.kind == "word":
            return self.name(token.text)
        raise Refusal(f"I don't understand “{token.text}” there. {EXAMPLE}")

    def name(self, text: str) -> Amount:
        entry = self.names.get(text.lower().replace("-", " "))
        if entry is None:
            near = extractOne(text.lower(), list(self.names), score_cutoff=75)
            hint = f"Did you mean {near[0]}?" if near else "See all: /kpi list"
            raise Refusal(f"“{text}” is no KPI that a formula can use. {hint}")
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
            raise Refusal("A formula cannot divide by 0.")
        return left * (1 / right.number)
    return left / right
