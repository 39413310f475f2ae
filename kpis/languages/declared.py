"""What declarations say: caveats, nouns, sections, dimensions, the words of shapes.

They are said with ``say_declared``, so no call holds them; here they are read from where they are.
"""

from collections.abc import Iterator

from kpis.answers import Reason
from kpis.catalogue import CATALOGUE, SECTIONS, Kpi, Service, Table
from kpis.counting import EXAMPLES, NO_PRICE
from kpis.language import Formula
from kpis.languages.calls import Message, message_of_noun
from kpis.question import DIMENSIONS
from kpis.records.absences import HOW
from kpis.records.telling import BOUNCES, MODELS
from kpis.service_backlog import AGES, OLDER, START, TURN, UNANSWERED, UNASSIGNED
from kpis.service_desks import SIGNALS
from kpis.service_scope import PLATFORM_NAMES, VIAS
from kpis.service_shapes import Shape
from kpis.service_targets import KINDS
from kpis.wording import ZONE_NAMES
from storage.measures import AccountDays, Posts, Rows
from storage.platforms import PLATFORMS
from storage.record_measures import Records
from storage.settings import SETTINGS
from storage.sources.captions import CONTENT_TYPES

BREAKS = (
    "new followers counted as in the app",
    "impressions became views",
    "Shorts views count every start and replay",
    "fans became follows",
    "reach became viewers",
)
"""Notes of the definition epochs that every workspace knows (the first migration)."""
EVERY_ROWS: tuple[type[Rows], ...] = (AccountDays, Posts, *Records.__subclasses__())
CLOSED = (
    *sorted(set(CONTENT_TYPES.values())),
    *("purchase", "lead", "sign-up", "download", "free-trial", "search", "email", "unattributed"),
)
"""Words that files are brought to, and that most teams use."""
BASES = ("by activity date", "by publish date")
FLOWS = ("opened", "reopened", "solved", "dismissed", "merged")
PRIORITIES = ("low", "normal", "high", "urgent")
STATES = ("still open", "of them still open")
NOUNS = ("post", "issue", "wait", "target", "resolution", "reopening", "rating", "row", "file",
         "answer", "review", "comment", "value", "order", "mention")  # fmt: skip
DAYS = ("day", "account day", "content type", "hashtag")
SPANS = ("day", "week", "month", "quarter")


def collect_declared() -> Iterator[Message]:
    """Yield every declared message, some of them more than once."""
    for place, words in (*of_catalogue(), *of_service(), *of_settings()):
        yield Message(words, "", place)
    yield Message(", ", "", "kpis/tongue.py")
    for noun in (*NOUNS, *DAYS):
        yield message_of_noun(noun, "kpis/languages/declared.py")


def of_settings() -> Iterator[tuple[str, str]]:
    """Yield what settings are called and do, and the names of their choices."""
    for it in SETTINGS.values():
        for words in (it.title, it.does, it.recomputes, *(name for _, name in it.choices)):
            if words:
                yield f"storage/settings.py: {it.key}", words


def of_catalogue() -> Iterator[tuple[str, str]]:
    """Yield what KPIs and their formulas say, with where it stands."""
    for section, module in SECTIONS.items():
        yield "kpis/catalogue/__init__.py", section
        assert module is not None
    for entry in CATALOGUE.values():
        place = f"kpis/catalogue: {entry.key}"
        if entry.caveat:
            yield place, entry.caveat
        if isinstance(entry, Kpi):
            for words in words_of_kpi(entry):
                yield place, words
        elif isinstance(entry, Table):
            for words in (*entry.by, *entry.columns):
                yield place, words
    for key, words in DIMENSIONS.items():
        yield "kpis/question.py", words
        yield "kpis/question.py", key.replace("-", " ")
        yield "kpis/question.py", key
    for platform in PLATFORMS.values():
        for measure in sorted(platform.lacks):
            yield "storage/platforms.py", measure.replace("_", " ")
    for words in (*HOW.values(), *MODELS.values(), *BOUNCES.values()):
        yield "kpis/records", words
    for words in (*NO_PRICE.values(), *(it.replace("-", " ") for it in EXAMPLES)):
        yield "kpis/counting.py", words
    for words in sorted({it for rows in EVERY_ROWS for it in words_of_rows(rows)}):
        yield "storage/measures.py", words
    for words in CLOSED:
        yield "storage/sources", words
    for note in BREAKS:
        yield "storage/migrations", note


def words_of_kpi(entry: Kpi) -> Iterator[str]:
    """Yield what stands beside a KPI, and what its parts count."""
    yield from (entry.beside or {})
    formulas = [entry.formula, *(it.formula for it in (entry.variants or {}).values())]
    formulas += [it for it, _ in (entry.beside or {}).values()]
    if entry.instead is not None and not isinstance(entry.instead, Kpi):
        formulas.append(entry.instead)
    for formula in formulas:
        yield from words_of_formula(formula)


def words_of_formula(formula: Formula) -> Iterator[str]:
    for leaf in formula.leaves():
        noun = getattr(leaf, "noun", "")
        if noun:
            yield str(noun)


def words_of_rows(rows: type[Rows]) -> Iterator[str]:
    """Yield what the columns of some rows are called, and several of the rows."""
    for measure in rows.measures().values():
        yield measure.title
    yield f"{getattr(rows, 'noun', 'post')}s"


def of_service() -> Iterator[tuple[str, str]]:
    """Yield the words of KPIs of issues, and of answers."""
    for entry in CATALOGUE.values():
        if isinstance(entry, Service):
            shapes = [entry.figure, *(shape for _, shape in entry.variants.values())]
            for words in (it for shape in shapes for it in words_of_shape(shape)):
                yield f"kpis/catalogue: {entry.key}", words
    for words in (*FLOWS, *STATES, *PRIORITIES, *(it for _, it in AGES), OLDER, START):
        yield "kpis/service_backlog.py", words
    for words in (UNASSIGNED, UNANSWERED, TURN):
        yield "kpis/service_backlog.py", words
    for words in (*KINDS.values(), *VIAS.values(), *PLATFORM_NAMES.values(), *SIGNALS.values()):
        yield "kpis/service_scope.py", words
    for words in (*Reason, *BASES, *ZONE_NAMES.values()):
        yield "kpis/wording.py", str(words)
    for words in SPANS:
        yield "kpis/digests/naming.py", words
    for words in (*DIMENSIONS, *DIMENSIONS.values(), "weekday", "hashtag"):
        yield "kpis/tables.py", f"a {words.replace('-', ' ')}"


def words_of_shape(shape: Shape) -> Iterator[str]:
    """Yield the words of a shape, and those that are cut out of them."""
    for name in ("view", "done", "of", "cohort", "waiting", "noun"):
        words = str(getattr(shape, name, ""))
        yield words
        yield words.removeprefix("still ")
        yield words.partition(",")[0]
