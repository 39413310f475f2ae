"""A report as one Slack message and its thread (what-people-see §3): at most 15 blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_sdk.models.blocks.block_elements import InteractiveElement

from commands.blocks import (
    Block,
    actions,
    button,
    context,
    cut,
    escape,
    image,
    overflow,
    section,
    table,
)
from commands.digests import words
from commands.saying import say, say_count

if TYPE_CHECKING:
    from kpis.digests.report import BestPost, Report, StepOffer

TAKE, NOT_NOW, SHOW = "digest_step:take", "digest_step:not", "digest_customers"
PDF, MORE = "digest_pdf", "digest_more"
LINES, MOST_LINES = 5, 40
"""Of a section, and of what has no room in the digest."""
STEP_VALUE = 1900


@dataclass(frozen=True)
class Said:
    """What stands beside the numbers."""

    comment: str = ""
    comment_by: str = ""
    """A name."""
    late: str = ""
    """“Late: was due Monday 09:00.”"""
    names: tuple[tuple[str, str], ...] = ()
    """User id and name of everyone whom the report names."""
    preview: str = ""
    """Says that it is a preview; nothing can be pressed then but what concerns the reader."""


def sentence(report: Report, said: Said) -> str:
    """Return the one sentence that notifications show, escaped."""
    told = say("{name}: {value}", name=report.title, value=report.headline)
    return cut(escape(" ".join(it for it in (told, said.late) if it)), 1500)


def compose(report: Report, said: Said, files: Sequence[str] = ()) -> list[Block]:
    """Return the message; ``files`` is the uploaded picture, where there is one."""
    blocks = [section("\n".join(head(report, said)))]
    if said.comment:
        blocks.append(section(escape(quote_comment(said))))
    if report.rows:
        rows = [(it.name, it.shown, it.change) for it in report.rows]
        blocks.append(table([table_head(report), *rows]))
    if files and report.picture is not None:
        blocks.append(image(files[0], report.picture.alt_text or report.picture.title))
    blocks += labelled(say("Goal"), report.goals)
    blocks += labelled(say("Went well"), report.went_well)
    blocks += labelled(say("Needs care"), report.needs_care)
    blocks += customers(report)
    blocks += next_step(report, is_preview=bool(said.preview))
    blocks += labelled(say("Tried"), reviews(report, dict(said.names)))
    blocks += owned_up(report)
    small = [*report.notes, report.footnote, said.preview]
    if any(small):
        blocks.append(context([escape(it) for it in small if it]))
    if not said.preview:
        blocks.append(buttons(report))
    return blocks


def quote_comment(said: Said) -> str:
    """Return “Mia: Black Week starts Thursday.”"""
    if not said.comment_by:
        return said.comment
    return say("{name}: {value}", name=said.comment_by, value=said.comment)


def head(report: Report, said: Said) -> list[str]:
    lines = [f"*{escape(report.title)}*"]
    if said.late:
        lines.append(escape(said.late))
    return [*lines, f"*{escape(report.headline)}*"]


def table_head(report: Report) -> tuple[str, str, str]:
    """Return what the columns are: Slack shows a table's first row as its head."""
    from kpis.periods import previous_period, say_shortly

    before = say_shortly(previous_period(report.period))
    this = say_shortly(report.period)
    return say("KPI"), f"{this[:1].upper()}{this[1:]}", say("From {period}", period=before)


def labelled(label: str, lines: Iterable[str]) -> list[Block]:
    """Return lines under one label, five at most; what is left out is in the thread."""
    shown = [escape(it) for it in lines]
    if not shown:
        return []
    if len(shown) > LINES:
        more = say("and {number} more, in the thread", number=len(shown) - LINES + 1)
        shown = [*shown[: LINES - 1], more]
    return [section("\n".join([f"*{label}* {shown[0]}", *shown[1:]]))]


def customers(report: Report) -> list[Block]:
    """Return the line about customers; *Show* answers the presser alone."""
    if not report.customers:
        return []
    block = section(f"*{say('Customers')}* {escape(report.customers)}")
    return [block | {"accessory": button(say("Show"), SHOW, ref(report)).to_dict()}]


def next_step(report: Report, *, is_preview: bool) -> list[Block]:
    if not report.steps:
        return []
    step = report.steps[0]
    block = section(f"*{say('Next step')}* {escape(step.words)}")
    if is_preview:
        return [block]
    value = step_ref(report, step)
    row = [button(say(words.TAKE), TAKE, value), button(say(words.NOT_NOW), NOT_NOW, value)]
    return [block, actions(row)]


def step_ref(report: Report, step: StepOffer) -> str:
    """Return what a step's buttons remember: the digest, its period, rule and subject."""
    return cut(f"{ref(report)}|{step.rule}|{step.subject}", STEP_VALUE)


def ref(report: Report) -> str:
    return f"{report.digest}|{report.key}"


def reviews(report: Report, names: Mapping[str, str]) -> list[str]:
    """Return before and after of steps whose date has come."""
    return [
        say(
            "{what} ({name}, since {day}): {result}",
            what=it.what,
            name=names.get(it.owner, it.owner),
            day=it.said_since,
            result=it.result,
        )
        for it in report.reviews
    ]


def owned_up(report: Report) -> list[Block]:
    """Return what was corrected, is held back or is missing: five lines at most."""
    lines = [*(it.words for it in report.corrected), *report.held_back]
    if report.missing_line:
        lines.append(report.missing_line)
    if len(lines) > LINES:  # the last line says what is missing: it stays
        left = len(lines) - LINES + 1
        more = say("and {number} more, in the thread", number=left)
        lines = [*lines[: LINES - 2], more, lines[-1]]
    return [section("\n".join(map(escape, lines)))] if lines else []


def buttons(report: Report) -> Block:
    """Return the last row: [PDF] [Ask] [⋯]."""
    value = ref(report)
    more = (
        (say(words.AGAIN), f"again|{value}"),
        (say(words.CHANGE), f"change|{value}"),
        (say(words.PAUSE), f"pause|{value}"),
        (say(words.HISTORY), f"history|{value}"),
    )
    row: list[InteractiveElement] = [
        button(say("PDF"), PDF, value),
        button(say("Ask"), "ask_form"),
        overflow(MORE, more),
    ]
    return actions(row)


# --- the thread


def thread(report: Report, names: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return sentence and sections (mrkdwn) of what stands in the thread, in its order."""
    parts = (best_posts(report), other_steps(report), detail(report, names))
    told = [(text, sections) for text, sections in parts if sections]
    if not told:
        return "", []
    return told[0][0], [it for _, sections in told for it in sections][:15]


def best_posts(report: Report) -> tuple[str, list[str]]:
    """Return the sentence and the sections of the best posts, mrkdwn; empty where there is none."""
    if not report.best:
        return "", []
    lines = [best_line(number, it) for number, it in enumerate(report.best, 1)]
    sections = ["\n".join([f"*{say('Best posts')}*", *lines[: LINES - 1]]), *lines[LINES - 1 :]]
    if report.traits:
        sections.append("\n".join(map(escape, report.traits[:LINES])))
    first = report.best[0]
    text = say(
        "Best posts: first {post}, {place}: {result}",
        post=first.name,
        place=first.where,
        result=first.words,
    )
    return escape(text), sections


def say_best(post: BestPost) -> str:
    """Return “Reel “Latte art”, Instagram, Tue 17 Nov: 6,300 reached.”"""
    return say(
        "{post}, {place}, {day}: {result}",
        post=post.name,
        place=post.where,
        day=post.said_day,
        result=post.words,
    )


def best_line(number: int, post: BestPost) -> str:
    said, name = escape(say_best(post)), escape(post.name)
    if post.link.startswith("https://") and not set(post.link) & set("|<> "):
        said = said.replace(name, f"<{post.link}|{name}>", 1)
    return f"{number}. {said}"


def other_steps(report: Report) -> tuple[str, list[str]]:
    """Return the other steps that the figures suggest."""
    others = report.steps[1:]
    if not others:
        return "", []
    lines = [f"• {escape(it.words)}" for it in others]
    count = say_count("{number} other step", "{number} other steps", len(others))
    text = say("{name}: {value}", name=count, value=others[0].words)
    lines = [f"*{say('Other steps')}*", *lines]
    return escape(text), ["\n".join(lines[at : at + LINES]) for at in range(0, len(lines), LINES)]


def detail(report: Report, names: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return why a row holds no number or no change, and the lines that had no room."""
    lines = row_notes(report)
    for label, every in (
        (say("Goal"), report.goals),
        (say("Went well"), report.went_well),
        (say("Needs care"), report.needs_care),
        (say("Tried"), reviews(report, names)),
    ):
        if len(every) > LINES:
            lines += [say("{name}: {value}", name=label, value=it) for it in every[LINES - 1 :]]
    owned = [*(it.words for it in report.corrected), *report.held_back]
    if len(owned) + bool(report.missing) > LINES:
        lines += owned[LINES - 2 :]
    if not lines:
        return "", []
    if len(lines) > MOST_LINES:
        more = say("and {number} more: PDF has all", number=len(lines) - MOST_LINES + 1)
        lines = [*lines[: MOST_LINES - 1], more]
    escaped = [escape(it) for it in lines]
    escaped[0] = f"*{say('Detail')}* {escaped[0]}"
    sections = ["\n".join(escaped[at : at + LINES]) for at in range(0, len(escaped), LINES)]
    return escape(say("{name}: {value}", name=say("Detail"), value=lines[0])), sections


def row_notes(report: Report) -> list[str]:
    """Return why rows hold no number, or no change."""
    return [say("{name}: {value}", name=it.name, value=it.note) for it in report.rows if it.note]
