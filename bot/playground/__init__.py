"""A local Slack to develop and test against: the bot never knows which Slack it talks to.

A test starts the workspace, the unmodified bot beside it, and acts as people do::

    async with LocalSlack() as slack:                    # or LocalSlack(mode="http")
        ...start the bot with slack.environment...       # SLACK_API_URL, tokens
        await slack.bot_ready()
        mia = slack.person("mia")
        await mia.command("/kpi reach instagram last-30d", "#marketing")
        answer = await mia.await_message("#marketing", "54,310 people")
        await mia.press(answer, "how")                   # by action_id; overflow: value="remove"
        view = await mia.await_view("How this was worked out")
        await mia.submit(view, {"period": "last-week"})  # by block_id or action_id
        message = await mia.drop("dm", "posts.csv", b"id,reach\\n1,2\\n")
        slack.faults.storm(3)                            # then 429 three times
        slack.faults.drop_reply("chat.postMessage")      # stored, but the answer is lost
        assert [call.outcome for call in slack.calls_of("chat.postMessage")] == ["ok"]
        assert all(ack.latency < 1 for ack in slack.acks)

People: mia (admin), omar, gus (guest), lena (another company). Channels: `#marketing`,
`#support` and the shared `#partner-acme` with the bot, `#random` and the private `#board`
without; `dm` is a person's direct message with Kepi. `Seed` makes other workspaces
(`seed_of(manifest)` one in which exactly the manifest's scopes and events are granted),
`Faults(file_processing=0, ack_seconds=0.5, retry_scale=0.01)` turns the knobs.
`person.sees(channel)` is everything visible to that person (`message.is_private` marks what only
they see), `slack.hold_events()` and `release_events(backwards=True)` disturb the order, and
`slack.settle()` waits until nothing is on its way.
"""

from bot.playground.deliveries import Acked, Answer
from bot.playground.faults import Fault, Faults, Trouble
from bot.playground.hands import FormRefused
from bot.playground.installed import seed_of
from bot.playground.local_slack import LocalSlack
from bot.playground.person import Person
from bot.playground.seed import Command, Seed, Shortcut
from bot.playground.web_api import Call
from bot.playground.world import Channel, Member, Message, SlackFile, Team, View

__all__ = [
    "Acked",
    "Answer",
    "Call",
    "Channel",
    "Command",
    "Fault",
    "Faults",
    "FormRefused",
    "LocalSlack",
    "Member",
    "Message",
    "Person",
    "Seed",
    "Shortcut",
    "SlackFile",
    "Team",
    "Trouble",
    "View",
    "seed_of",
]
