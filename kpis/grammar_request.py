"""One text read to its request: reserved words, near misses, refusals."""

from collections.abc import Iterator
from datetime import date

from kpis.grammar import Scanner
from kpis.grammar_fillers import FILLERS
from kpis.grammar_foreign import translate
from kpis.grammar_lexicon import Lexicon
from kpis.grammar_lines import Now, either
from kpis.grammar_names import Kind
from kpis.grammar_near import KEYWORDS, Near, find_near, read_slashed
from kpis.grammar_parts import Leftover, Parts
from kpis.grammar_reading import assemble, refuse_split, suggest_rival
from kpis.grammar_tongues import own_word
from kpis.names import word_of
from kpis.question import (
    Directory,
    Guide,
    Help,
    Listing,
    Refusal,
    Request,
)
from kpis.tongue import say, spoken
from kpis.words import Word, quote, split
from storage.errors import KepiError, Unclear

CORRECTIONS = 3
"""Near misses that are read into one text; more is not a slip."""

IN_SLACK = frozenset(
    (
        *("digest", "goal", "alert", "data", "status", "support", "value", "benchmark", "test"),
        *("action", "label", "language", "own", "note", "admin", "setting"),
        *("column", "forget", "privacy", "start"),
    )
)
"""First words, as they are compared, of what people do in Slack and never ask a number by."""

ALONE = frozenset(("help", "list", "guide"))


class Reading:
    """One text being read; near misses are written into it, and it is read again."""

    def __init__(
        self,
        cleaned: str,
        today: date,
        directory: Directory,
        lexicon: Lexicon,
        trial: bool = False,
    ) -> None:
        self.cleaned, self.today, self.directory = cleaned, today, directory
        self.lexicon, self.trial = lexicon, trial
        self.notes: list[str] = []
        self.tongues: frozenset[str] = frozenset()
        """The languages, English aside, that the text is surely in."""

    def read(self) -> Request:
        """Return the request, with a note for each near miss."""
        while True:
            words = self.cut()
            if not words:
                return self.read_nothing()
            if reserved := self.read_reserved(words):
                return reserved
            parts = self.scan(words)
            if not parts.leftovers:
                break
            strange = [one for one in parts.leftovers if not is_plain(words[one.at])]
            if not strange or not self.correct(words, strange[0]):
                raise self.refuse(words, parts, strange)
        parts.notes = self.notes
        if not parts.kpis and not self.directory.overview:
            return Help()
        return assemble(parts, self.today, self.directory)

    def cut(self) -> list[Word]:
        """Return the words of the text, in English where they are grammar."""
        words, self.tongues = translate(split(self.cleaned), self.lexicon, spoken())
        return words

    def read_nothing(self) -> Request:
        """Return the overview for no words at all, help for “?” and where nothing is known."""
        if self.cleaned or not self.directory.accounts or not self.directory.overview:
            return Help()
        return assemble(Parts(), self.today, self.directory)

    def scan(self, words: list[Word]) -> Parts:
        """Return the parts of the words."""
        now = Now(self.today, self.directory.week_start, self.asks_up_to_now(words))
        return Scanner(self.cleaned, words, self.lexicon, now).scan()

    def asks_up_to_now(self, words: list[Word]) -> bool:
        """Whether only KPIs are named that are told up to now; periods may then hold today."""
        keys, at = set(), 0
        while at < len(words):
            found = self.lexicon.find(words, at, (Kind.KPI,))
            if found is not None:
                keys.add(str(found.names[0].key))
            at += found.length if found is not None else 1
        return bool(keys) and keys <= self.directory.options.keys()

    def read_reserved(self, words: list[Word]) -> Request | None:
        """Return the request of a reserved first word; “private” may stand before it."""
        at = next((at for at, word in enumerate(words) if not passes(word)), None)
        if at is None:
            return None
        first = words[at].stem
        if first in IN_SLACK:
            word = quote(words[at].text)
            raise Refusal(say("{words} works in Slack alone: /kpi {word}.", words=word, word=first))
        if first == "help":
            return Help(more=any(it.text == "more" for it in words[at + 1 :]))
        if first == "list":
            return Listing()
        return self.read_guide(words, at + 1) if first == "guide" else None

    def read_guide(self, words: list[Word], at: int) -> Guide:
        """Return the guide to the KPI that is named, or its contents."""
        kpi = (Kind.KPI,)
        for index in range(at, len(words)):
            if found := self.lexicon.find(words, index, kpi):
                return Guide(str(found.names[0].key), tuple(self.notes))
            if not passes(words[index]) and words[index].stem != "to":
                if not self.correct(words, Leftover(index), "KPI"):
                    raise self.refuse(words, Parts(), [Leftover(index)])
                return self.read_guide(self.cut(), at)
        return Guide(None, tuple(self.notes))

    # --- near misses

    def correct(self, words: list[Word], leftover: Leftover, only: str = "") -> bool:
        """Write the near miss of a leftover word into the text, if it has one.

        Raises ``Unclear`` where several are as near.
        """
        if words[leftover.at].text in ALONE:
            return False
        near = find_near(words, leftover, self.lexicon, self.tongues | {spoken()})
        near = [one for one in near if not only or one.meaning[0] == only]
        if len(near) > 1:
            near = self.choose(words, near)
        if not near or len(self.notes) == CORRECTIONS:
            return False
        self.write(words, near[0])
        return True

    def write(self, words: list[Word], near: Near) -> None:
        """Put what was meant into the text, and a note beside it."""
        typed = self.typed(words, near.at, near.end)
        self.notes.append(say("Read {typed} as {meant}", typed=quote(typed), meant=say_near(near)))
        self.cleaned = self.replaced(words, near)

    def replaced(self, words: list[Word], near: Near) -> str:
        """Return the text with what was meant in place of what was typed."""
        start, end = words[near.at].start, words[near.end - 1].end
        return f"{self.cleaned[:start]}{near.text}{self.cleaned[end:]}"

    def typed(self, words: list[Word], at: int, end: int) -> str:
        """Return words as they were typed."""
        return self.cleaned[words[at].start : words[end - 1].end]

    def choose(self, words: list[Word], near: list[Near]) -> list[Near]:
        """Return the only choice that works; raise ``Unclear`` with all that do."""
        choices = {self.replaced(words, one): one for one in near}
        if not self.trial:
            choices = {text: one for text, one in choices.items() if self.works(text)} or choices
        if len(choices) == 1:
            return list(choices.values())
        typed = self.typed(words, near[0].at, near[0].end)
        names = either([say_near(one) for one in choices.values()])
        said = say("I don't know {words}. Did you mean {names}?", words=quote(typed), names=names)
        raise Unclear(said, tuple(choices))

    def works(self, text: str) -> bool:
        """Whether a corrected text is answered."""
        trial = Reading(text, self.today, self.directory, self.lexicon, trial=True)
        try:
            trial.read()
        except KepiError:
            return False
        return True

    def refuse(self, words: list[Word], parts: Parts, strange: list[Leftover]) -> Refusal:
        """Return the refusal of words that nothing is near to."""
        if not strange:
            at = [one.at for one in parts.leftovers]
            end = next(index for index in range(at[0] + 1, at[-1] + 2) if index not in at)
            return Refusal(
                say(
                    "I can't read {words} as a period. "
                    "Try last 30 days, last week, oct, q3 2026 or 1 oct to 15 oct.",
                    words=quote(self.typed(words, at[0], end)),
                )
            )
        text = self.typed(words, strange[0].at, strange[0].at + 1)
        if strange[0].after == "by":
            return refuse_split(next(iter(parts.kpis), ""), text, self.directory)
        if strange[0].after == "vs":
            return Refusal(
                say(
                    "I don't know {words}. Try vs previous, vs last year or vs {name}.",
                    words=quote(text),
                    name=suggest_rival(self.directory),
                )
            )
        if text.lower() in ALONE:
            return Refusal(
                say(
                    "{words} goes first: /kpi {word}. Leave it out here.",
                    words=quote(text),
                    word=text.lower(),
                )
            )
        names = either(list(self.suggest()))
        return Refusal(say("I don't know {words}. Try: {names}.", words=quote(text), names=names))

    def suggest(self) -> Iterator[str]:
        """Yield what can be asked."""
        names = self.directory.overview or tuple(dict.fromkeys(self.directory.names.values()))
        yield from map(word_of, names[:4])
        yield own_word("help", spoken())


def passes(word: Word) -> bool:
    """Whether a word may stand before a reserved one."""
    return word.stem in FILLERS or word.stem == "private"


def is_plain(word: Word) -> bool:
    """Whether a leftover word is a number or a word of the grammar: nothing to guess at."""
    if word.text in PLAIN:
        return word.text not in ALONE
    return not any(map(str.isalpha, word.text)) and not read_slashed([word], 0)


def say_near(near: Near) -> str:
    """Return what a near miss was taken for, as the note says it."""
    return str(near.meaning[1]) if near.meaning[0] == "day" else near.text


PLAIN = frozenset(map(str.lower, KEYWORDS)) | frozenset(
    ("to", "until", "from", "by", "per", "vs", "as", "past", "over", "d", "w", "m", "q", "y")
)
