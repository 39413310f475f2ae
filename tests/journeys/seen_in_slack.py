"""What a scenario came to: the bot's rows, and what people see of it in Slack, nothing besides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.playground import Message
from storage.database import Database
from support.entries import MICROSECONDS, Kind
from support.rules import DAY
from support.tracker import Tracker
from tests.journeys.scenes import Scene, Whisper
from tests.journeys.stage import Stage
from tests.support.drawn_cast import OPENING, drawn_name
from tests.support.drawn_delivery import play_folded
from tests.support.drawn_issues import Drawing
from tests.support.drawn_seen import Result, Seen, Told, in_order, second_of, see
from tests.support.drawn_store import ISSUE, SPELL, WAIT, rows_of, see_row

HINTS = {
    "not-yet": r"^The customer of issue \d+ waits for us, so its clock runs on\.",
    "not-allowed": r"^(Your :\w+: changes nothing here|In this channel an issue is closed)",
    "no-issue": r"^There is no issue in this thread, so :\w+: closes nothing\.",
    "unknown-bot": r"^An app posts in <#C0DESK\d+> that I don’t know\. Is it customers\?",
    "unattached": r"^That answer is outside a customer’s thread, so it stops no clock\.",
}
"""Private hints by the remark that they are."""
LINES = {
    "solved": r"^Solved(, says| by) \w+\. (First answer \d+ \w+|No answer here).*, solved in .+\.$",
    "reopened": r"^Reopened\b.+\.$",
    "asked": r"Is it solved\?",
}
SHOWN = ("confirm", "wrote-again")
"""Remarks that everybody in the thread sees."""
WROTE_AGAIN = r"^\w+ wrote again in issue \d+, which was dismissed\."


def see_scene(stage: Stage, scene: Scene) -> Result:
    """Return what the rows and Slack show; fails where anything else was said to anybody."""
    issues = see_rows(stage.running.context.database, stage.workspace, scene.channel)
    said = said_by_itself(stage, scene)
    again = [it for it in said if re.search(WROTE_AGAIN, it.words)]
    lines = [it for it in said if it not in again]
    check_lines(lines, [it for it in issues if is_news(stage, it)])
    hints = [told(scene, it) for it in scene.whispers if not is_answer(it)]
    asked = [it for it in lines if line_kind(it) == "asked"]
    shown = [
        Told(word, "", second_of(str(it.thread_ts)))
        for word, messages in (("confirm", asked), ("wrote-again", again))
        for it in messages
    ]
    assert stage.written_directly() == scene.directly, "somebody was written to directly"
    return Result(issues=issues, remarks=tuple(hints + shown))


def see_rows(database: Database, workspace: int, channel: str) -> tuple[Seen, ...]:
    """Return each issue of a channel as its rows show it."""
    tracker = Tracker(database, workspace)
    with database.read() as connection:
        issues = [it for it in rows_of(connection, ISSUE, workspace) if it["channel"] == channel]
        waits = rows_of(connection, WAIT, workspace)
        spells = rows_of(connection, SPELL, workspace)
    roots = {row["id"]: (second_of(row["root"]), row["episode"]) for row in issues}
    return in_order(
        [
            see_row(
                see(tracker.timeline(row["id"])),
                row,
                [it for it in waits if it["issue"] == row["id"]],
                [it for it in spells if it["issue"] == row["id"]],
                roots,
            )
            for row in issues
        ]
    )


# --- what everybody sees


def said_by_itself(stage: Stage, scene: Scene) -> list[Message]:
    """Return what the bot posted in the channel by itself."""
    said = stage.slack.space.messages[scene.channel].values()
    return [it for it in said if it.by_bot and it.thread_ts and it.ts not in scene.messages]


def is_news(stage: Stage, issue: Seen) -> bool:
    """Say whether its line can have been posted: what is heard a day late is not announced."""
    happened = issue.full_resolution or 0
    return not stage.way.is_shuffled or stage.clock.at - OPENING <= (happened + DAY) * MICROSECONDS


def check_lines(lines: list[Message], issues: Sequence[Seen]) -> None:
    """Fail where the lines are not those, one an issue, that its rows ask for."""
    wanted = sorted((it.root, kind) for it in issues if (kind := line_wanted(it)))
    found = sorted((second_of(str(it.thread_ts)), line_kind(it)) for it in lines)
    assert found == wanted, [it.words for it in lines]
    solved = [it for it in issues if it.state == "resolved"]
    for line in lines:
        if line_kind(line) == "solved":
            root = second_of(str(line.thread_ts))
            assert any(it.root == root and says_as_much(line.words, it) for it in solved)


def says_as_much(words: str, issue: Seen) -> bool:
    """Say whether a line names who solved it, and how long it took, as the row does."""
    by = ", says" if issue.resolver == issue.customer else " by"
    expected = [f"Solved{by} {issue.resolver}. ", f"solved in {in_words(issue.full_resolution)}"]
    if issue.frt is not None and issue.opened + issue.frt <= (issue.bounds[1] or 0):
        expected.append(f"First answer {in_words(issue.frt)}")
    return all(it in words for it in expected)


def in_words(seconds: int | None) -> str:
    """Return a length as the line gives it, for lengths that the drawings have."""
    assert seconds is not None
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min"
    rest = f" {seconds % 3600 // 60} min" if seconds % 3600 >= 60 else ""
    if seconds < DAY:
        return f"{seconds // 3600} h{rest}"
    return f"{seconds // DAY} d {seconds % DAY // 3600} h"


def line_wanted(issue: Seen) -> str:
    """Return which line an issue has: opening, answers, acknowledgements and undoing are silent."""
    if issue.state == "resolved":
        return "solved"
    if issue.state in ("dismissed", "merged") or issue.orphaned is not None:
        return ""
    if issue.asked is not None:
        return "asked"
    return "reopened" if issue.reopens else ""


def line_kind(line: Message) -> str:
    first = line.words.partition("\n")[0]
    return next((kind for kind, words in LINES.items() if re.search(words, first)), line.words)


# --- what one person sees


def told(scene: Scene, whisper: Whisper) -> Told:
    """Return a hint as the remark that it is, on the message that the person had marked."""
    text = whisper.message.words
    word = next((word for word, pattern in HINTS.items() if re.search(pattern, text)), text)
    marked = [it for it in scene.steps if it.entry.actor == whisper.user and it.emoji]
    after = whisper.after or next(iter(marked), None)
    on = second_of(after.entry.ts) if after else None
    return Told(word, drawn_name(whisper.user), on)


def is_answer(whisper: Whisper) -> bool:
    """Say whether it answers what the person had typed, or chosen in a menu."""
    return whisper.after is not None and whisper.after.entry.kind is Kind.ACT


def check_hints(result: Result, drawing: Drawing) -> None:
    """Fail where hints are not those of the drawing, each given once."""
    drawn = {(it.word, who_hears(it)) for it in play_folded(drawing).remarks if it.word in HINTS}
    given = [(it.word, it.actor) for it in result.remarks if it.word not in SHOWN]
    assert sorted(given) == sorted(drawn)


def who_hears(remark: Told) -> str:
    """An unknown program is not told anything: whoever set the channel up is asked."""
    return "mia" if remark.word == "unknown-bot" else remark.actor
