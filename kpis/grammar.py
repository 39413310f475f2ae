"""What each word of a question is: a KPI, a name, a period, “by …”, “vs …”, “as of …”, filler.

Parts may stand in any order. The longest name wins, and a name that begins like “by” or “vs” wins
over them. Words that are none of these are left over; ``grammar_near`` looks at those.
"""

import re

from kpis.grammar_fillers import FILLERS, VIEWS
from kpis.grammar_lexicon import Lexicon
from kpis.grammar_lines import DASHES, Now
from kpis.grammar_names import Found, Kind
from kpis.grammar_parts import Against, Leftover, Parts, Split, Who
from kpis.grammar_patterns import AGAINST_KINDS, AS_OF, BY, CLOCK, VERSUS, YEARLY
from kpis.grammar_periods import ALL_TIME, latest, read_period
from kpis.grammar_splits import KNOWN_ADVERBS, KNOWN_DIMENSIONS, SPLIT_WORDS
from kpis.grammar_stretches import read_stretch
from kpis.options import KNOWN_OPTIONS, LENIENT, LONGEST
from kpis.question import Beside, Grain, Refusal
from kpis.tongue import say
from kpis.words import Word


class Scanner:
    """Reads words from left to right into ``Parts``."""

    def __init__(self, cleaned: str, words: list[Word], lexicon: Lexicon, now: Now) -> None:
        self.cleaned, self.words, self.lexicon, self.now = cleaned, words, lexicon, now
        self.parts = Parts()
        self.starts: list[int] = []
        line = ""
        for word in words:
            line += DASHES.get(word.before, " ") if line else ""
            self.starts.append(len(line))
            line += word.text
        self.line = line
        self.after = {
            start + len(word.text): index + 1
            for index, (start, word) in enumerate(zip(self.starts, words, strict=True))
        }

    def scan(self) -> Parts:
        """Return the parts of the words."""
        readers = (
            self.read_channel,
            self.read_named_explicitly,
            self.read_as_of,
            self.read_against,
            self.read_variant,
            self.read_option,
            self.read_split,
            self.read_name_or_period,
            self.read_adverb,
        )
        at = 0
        while at < len(self.words):
            ends = (read(at) for read in readers)
            at = next((end for end in ends if end > at), 0) or self.skip(at)
        return self.parts

    def skip(self, at: int) -> int:
        """Pass over a filler, or keep a word that nothing fits."""
        word = self.words[at]
        if word.stem in ("private", "privately"):
            self.parts.private = True
        elif word.stem in VIEWS:
            self.parts.view = word.stem
        elif word.stem not in FILLERS:
            self.parts.leftovers.append(Leftover(at))
        return at + 1

    def match(self, pattern: re.Pattern[str], at: int) -> int:
        """Return the word after what the pattern matches there, or ``at``."""
        if at >= len(self.words):
            return at
        found = pattern.match(self.line, self.starts[at])
        return self.after[found.end()] if found else at

    def text(self, at: int, end: int) -> str:
        """Return words as they were written, in lower case."""
        return self.cleaned[self.words[at].start : self.words[end - 1].end].lower()

    def is_named(self, at: int) -> bool:
        """Whether a name of several words begins here, though its first word means something."""
        found = self.lexicon.find(self.words, at)
        return found is not None and found.length > 1

    # --- names

    def read_named_explicitly(self, at: int) -> int:
        """Read “@acme”, “brand Acme”, “account acme” and “instagram/acme”."""
        if (who := self.find_explicit(at)) is None:
            return at
        self.parts.who.append(who[0])
        return who[1]

    def read_channel(self, at: int) -> int:
        """Read “#care” as the channel where there is one, whatever else has that name."""
        word = self.words[at]
        if not word.handle or self.cleaned[max(word.start - 1, 0)] != "#":
            return at
        found = self.lexicon.find(self.words, at, (Kind.CHANNEL,))
        if found is None:
            return at
        self.parts.channels.append(str(found.names[0].key))
        return at + found.length

    def find_explicit(self, at: int) -> tuple[Who, int] | None:
        """Return an account or brand that was marked as one, and the word after it."""
        word = self.words[at]
        people = (Kind.ACCOUNT, Kind.BRAND)
        if word.handle:
            return self.find_who(at, people)
        if word.stem in ("brand", "account", "handle") and not self.is_named(at):
            return self.find_who(at + 1, (Kind.BRAND,) if word.stem == "brand" else people)
        platform = self.lexicon.find(self.words, at, (Kind.PLATFORM,))
        if platform is None:
            return None
        name = at + platform.length
        if name < len(self.words) and self.words[name].before == "/":
            key = str(platform.names[0].key)
            return self.find_who(name, (Kind.ACCOUNT,), key)
        return None

    def find_who(
        self, at: int, kinds: tuple[Kind, ...], platform: str = ""
    ) -> tuple[Who, int] | None:
        """Return the accounts and brands that are named there; of these kinds, first come first."""
        if at >= len(self.words):
            return None
        found = self.lexicon.find(self.words, at, kinds)
        if found is None:
            return None
        text = self.text(at, at + found.length)
        names = found.best(text)
        if len(kinds) > 1 and kinds[0] is Kind.ACCOUNT:
            names = [name for name in names if name.kind is Kind.ACCOUNT] or names
        return Who(text, names, platform), at + found.length

    def read_name_or_period(self, at: int) -> int:
        """Read the longer of a name and a period; a period where they are as long."""
        found = self.lexicon.find(self.words, at)
        try:
            period = read_period(self.line, self.starts[at], self.now)
        except Refusal:
            if found is None or self.match(ALL_TIME, at) > at + found.length:
                raise
            period = None
        end = self.after[period[2]] if period else at
        if found and at + found.length > end:
            self.keep(found, at)
            return at + found.length
        if period:
            self.parts.periods.append((period[0], period[1], self.text(at, end)))
        return end

    def keep(self, found: Found, at: int) -> None:
        """Put what was named where it belongs."""
        text = self.text(at, at + found.length)
        names = found.best(text)
        match names[0].kind:
            case Kind.KPI:
                self.parts.kpis.append(str(names[0].key))
            case Kind.PLATFORM:
                self.parts.platforms.append(str(names[0].key))
            case Kind.ALL:
                pass  # what is taken where nobody is named
            case Kind.CHANNEL:
                self.parts.channels.append(str(names[0].key))
            case _:
                self.parts.who.append(Who(text, names))

    # --- vs, by, as of

    def read_against(self, at: int) -> int:
        """Read “vs …”: the period before, last year, accounts, brands, platforms, a period."""
        if (end := self.match(YEARLY, at)) > at:
            self.parts.against.append(Against(Beside.LAST_YEAR))
            return end
        end = self.match(VERSUS, at)
        if end == at or self.is_named(at):
            return at
        against = Against()
        self.parts.against.append(against)
        for kind, pattern in AGAINST_KINDS:
            if (after := self.match(pattern, end)) > end and not self.is_named(end):
                against.kind = kind
                return after
        if (after := self.read_rival(against, end)) > end:
            against.kind = Beside.ACCOUNTS
            return after
        if end < len(self.words):
            if period := read_period(self.line, self.starts[end], self.now):
                against.period = period[0]
                return self.after[period[2]]
            self.parts.leftovers.append(Leftover(end, "vs"))
            return end + 1
        return end

    def read_rival(self, against: Against, at: int) -> int:
        """Read accounts, brands or platforms after “vs”, as many as commas and “and” join."""
        start = at
        while (end := self.read_one_rival(against, at)) > at:
            at = end
            joined = at < len(self.words) and self.words[at].before == ","
            if at < len(self.words) and self.words[at].stem in ("and", "or"):
                joined, end = True, at + 1
            same = Against()
            if not joined or self.read_one_rival(same, end) == end:
                break
            if bool(same.who) != bool(against.who):
                break
            at = end
        return at if at > start else start

    def read_one_rival(self, against: Against, at: int) -> int:
        """Read one account, brand or platform; “instagram acme” is the account on Instagram."""
        if at >= len(self.words):
            return at
        if explicit := self.find_explicit(at):
            against.who.append(explicit[0])
            return explicit[1]
        scope = (Kind.PLATFORM, Kind.ACCOUNT, Kind.BRAND, Kind.RIVALS)
        found = self.lexicon.find(self.words, at, scope)
        if found is None:
            return at
        end = at + found.length
        text = self.text(at, end)
        names = found.best(text)
        if names[0].kind is not Kind.PLATFORM:
            against.who.append(Who(text, names))
            return end
        key = str(names[0].key)
        joined = end < len(self.words) and not self.words[end].before
        if joined and (who := self.find_who(end, (Kind.ACCOUNT, Kind.BRAND))):
            against.who.append(Who(who[0].text, who[0].names, key))
            return who[1]
        against.platforms.append(key)
        return end

    def read_option(self, at: int) -> int:
        """Read “business hours”, “by opened”, “strict”: how issues are counted."""
        for length in range(min(LONGEST, len(self.words) - at), 0, -1):
            words = self.words[at : at + length]
            key = KNOWN_OPTIONS.get(tuple(word.stem for word in words))
            if key is None:
                continue
            named = self.lexicon.find(self.words, at)
            if named is not None and named.length >= length:
                return at
            text = self.text(at, at + length)
            english = " ".join(word.text for word in words)
            self.parts.options.append((key, english if english in LENIENT else text))
            return at + length
        return at

    def read_variant(self, at: int) -> int:
        """Read “first touch” or “direct”, which choose how a KPI is counted, without “by”.

        A name that is as long wins, unless the KPI before it has such a variant.
        """
        if self.words[at].stem not in self.lexicon.common.variant_words:
            return at
        for length in range(min(5, len(self.words) - at), 0, -1):
            said = tuple(word.stem for word in self.words[at : at + length])
            key = SPLIT_WORDS.get(said, said)
            kpis = self.lexicon.common.variants_of.get(key)
            if kpis is None:
                continue
            named = self.lexicon.find(self.words, at)
            if named and (named.length > length or kpis.isdisjoint(self.parts.kpis)):
                return at
            variants = frozenset(self.lexicon.common.variants[key])
            self.parts.splits.append(Split(self.text(at, at + length), None, variants))
            return at + length
        return at

    def read_split(self, at: int) -> int:
        """Read “by platform”, “per post”, “by followers”."""
        end = self.match(BY, at)
        if end == at or self.is_named(at):
            return at
        if end >= len(self.words):
            raise Refusal(say("By what? Try by platform, by weekday or by content type."))
        split = self.find_split(end)
        if split is None:
            self.parts.leftovers.append(Leftover(end, "by"))
            return end + 1
        self.parts.splits.append(split[0])
        return split[1]

    def find_split(self, at: int) -> tuple[Split, int] | None:
        """Return the longest dimension or variant that is named there."""
        for length in range(min(5, len(self.words) - at), 0, -1):
            said = tuple(word.stem for word in self.words[at : at + length])
            key = SPLIT_WORDS.get(said, said)
            dimension = KNOWN_DIMENSIONS.get(key)
            variants = frozenset(self.lexicon.common.variants.get(key, ()))
            if dimension or variants:
                text = self.text(at, at + length)
                return Split(text, dimension, variants), at + length
        return None

    def read_adverb(self, at: int) -> int:
        """Read “weekly” as “by week”."""
        dimension = KNOWN_ADVERBS.get((self.words[at].stem,))
        if dimension is None:
            return at
        self.parts.splits.append(Split(dimension, dimension))
        return at + 1

    def read_as_of(self, at: int) -> int:
        """Read “as of 2026-11-23 08:12”: a day, and a time of day where one follows."""
        end = self.match(AS_OF, at)
        if end == at or self.is_named(at):
            return at
        day = read_stretch(self.line, self.starts[end], self.now) if end < len(self.words) else None
        if day is None or day[0].grain is not Grain.DAYS or day[0].days > 1:
            raise Refusal(say("As of when? Try as of 2026-11-23 or as of 2026-11-23 08:12."))
        when = self.now.today if day[0].text == "today" else latest(day[0], self.now)
        end = self.after[day[1]]
        clock = CLOCK.match(self.line, self.starts[end]) if end < len(self.words) else None
        self.parts.as_of.append((when, clock["clock"] if clock else ""))
        return self.after[clock.end()] if clock else end
