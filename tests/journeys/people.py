"""What people do in a local Slack: each line of a drawing, at its moment."""

from __future__ import annotations

from collections import defaultdict

from bot.playground import LocalSlack, Message
from commands.context import Context
from support.entries import MICROSECONDS, Act, Entry, Kind, Life
from tests.journeys.cast import ADMIN, APPS
from tests.journeys.drawn_clock import DrawnClock
from tests.journeys.scenes import Scene
from tests.journeys.steps import Step
from tests.support.drawn_cast import NAMES
from tests.support.drawn_store import ISSUE, rows_of

SECOND = MICROSECONDS
CHANNELS = (Life.ARCHIVED, Life.REMOVED, Life.BACK)
LINK = "https://acme.slack.com/archives/{}/p{}"
COMMANDS = {
    "resolves": "resolve {number} {words}",
    "undoes": "undo {number}",
    "reopens": "reopen {number}",
    "dismisses": "dismiss {number} {words}",
    "restores": "restore {number}",
    "claims": "claim {number}",
    "assigns": "assign {number} {words}",
    "waits": "wait {number}",
    "unwaits": "unwait {number}",
    "replied": "replied {number}",
    "merges": "merge {number} {other}",
    "unmerges": "unmerge {number}",
    "ranks": "priority {number} {words}",
}
"""What is typed after ``/support`` for an act that was drawn."""
OTHERWISE = defaultdict(str, resolves="solved", dismisses="spam")
"""The reason that is typed where none was drawn."""


class People:
    """Everybody of the cast; ``context`` is the bot's, of which only rows are read."""

    def __init__(self, slack: LocalSlack, clock: DrawnClock) -> None:
        self.slack, self.clock = slack, clock
        self.bot: Context | None = None

    @property
    def context(self) -> Context:
        assert self.bot is not None, "the bot is not there"
        return self.bot

    async def act(self, scene: Scene, step: Step) -> None:
        """Do what one line says, at its moment; of what was missed, a mark a second earlier."""
        entry = step.entry
        is_bounded = entry.low is not None
        self.clock.stand(entry.at - SECOND if is_bounded else entry.at)
        match entry.kind:
            case Kind.MESSAGE:
                message = await self.say(scene, step)
                assert message.ts == entry.ts, "the clock does not keep time"
                scene.messages[entry.ts] = message
            case Kind.EDIT if step.who in APPS:
                self.slack.app_edit(scene.messages[entry.ts], step.words)
            case Kind.EDIT:
                await self.slack.person(step.who).edit(scene.messages[entry.ts], step.words)
            case Kind.DELETE:
                await self.slack.person(step.who).delete(scene.messages[entry.ts])
            case Kind.MARK | Kind.UNMARK:
                remove = entry.kind is Kind.UNMARK
                message = scene.messages[entry.ts]
                await self.slack.person(step.who).react(message, step.emoji, remove=remove)
            case Kind.ACT if entry.name == Act.TRACK:
                await self.track(scene, step)
            case Kind.ACT if step.verb in COMMANDS:
                await self.command(scene, step)
            case Kind.ACT if entry.name == Act.ATTACH:
                await self.attach(scene, step)
            case Kind.ACT if entry.name == Act.STILL_OPEN:
                await self.press(scene, step, "line:still-open")
            case Kind.LIFE if entry.name in CHANNELS:
                await self.change_channel(scene.channel, entry.name)
            case _:
                raise ValueError(f"nobody here can act this out: {step.verb}")

    async def press(self, scene: Scene, step: Step, button: str) -> None:
        """Press a button under the line of the thread."""
        person = self.slack.person(step.who)
        lines = [it for it in person.bot_said(scene.channel) if it.thread_ts == step.entry.root]
        await person.press(lines[-1], button)

    async def attach(self, scene: Scene, step: Step) -> None:
        """Press the button of the private hint that the answer outside the thread brought."""
        person, number = self.slack.person(step.who), self.number_of(scene, step.entry.root)
        hint = [it for it in person.bot_said(scene.channel) if it.is_private][-1]
        await person.press(hint, "line:attach", f"{number}|{step.entry.ts}")

    async def change_channel(self, channel: str, what: str) -> None:
        """Archive the channel or take the bot out of it, or the other way round."""
        room = self.slack.space.find_channel(channel)
        if what == Life.ARCHIVED:
            self.slack.archive(channel, by=ADMIN)
        elif what == Life.REMOVED:
            self.slack.remove_bot(channel, by=ADMIN)
        elif room.is_archived:
            self.slack.unarchive(channel, by=ADMIN)
        else:
            await self.slack.person(ADMIN).invite_bot(channel)

    async def say(self, scene: Scene, step: Step) -> Message:
        channel, thread, said = scene.channel, step.thread, step.entry.said
        links = [LINK.format(channel, ts.replace(".", "")) for ts in (said.links if said else ())]
        words = " ".join([step.words, *links])
        if step.who == "bot":
            return await self.say_as_bot(channel, words, thread, step.entry)
        if step.who in APPS:
            app, bot, name = APPS[step.who]
            return self.slack.app_post(
                channel, words, app=app, bot_id=bot, username=name, thread_ts=thread
            )
        person = self.slack.person(step.who)
        if step.verb == "shares":
            return await person.drop(channel, "photo.png", b"not a picture", words, thread)
        broadcast = said is not None and said.broadcast
        return await person.say(channel, words, thread, broadcast=broadcast)

    async def say_as_bot(
        self, channel: str, words: str, thread: str | None, entry: Entry
    ) -> Message:
        """The bot itself posts, by its own token."""
        client = self.context.client
        await client.chat_postMessage(channel=channel, text=words, thread_ts=thread)
        found = self.slack.space.find_message(channel, entry.ts)
        assert found is not None, "the bot's message has another time"
        return found

    async def command(self, scene: Scene, step: Step) -> None:
        """Type the command that does it; the issue's number is what its thread has now."""
        more = step.entry.more
        reason = more.get("reason", OTHERWISE[step.verb])
        to = str(more.get("to", reason)) or "nobody"
        words = COMMANDS[step.verb].format(
            number=self.number_of(scene, step.entry.root),
            other=self.number_of(scene, str(more.get("root", step.entry.root))),
            words=f"@{NAMES[to]}" if to in NAMES else to,
        )
        await self.slack.person(step.who).command(f"/support {words}", scene.channel)

    def number_of(self, scene: Scene, root: str) -> int:
        """Return the number of the latest issue of a thread."""
        with self.context.database.read() as connection:
            found = [
                (int(row["episode"]), int(row["number"]))
                for row in rows_of(connection, ISSUE, self.context.home.workspace)
                if (row["channel"], row["root"]) == (scene.channel, root)
            ]
        return max(found)[1]

    async def track(self, scene: Scene, step: Step) -> None:
        """Choose *Track as customer issue* in the message's menu, and send the form as it is."""
        person = self.slack.person(step.who)
        await person.message_shortcut(scene.messages[step.entry.ts], "support_track")
        view = await person.await_view()
        await person.submit(view)
