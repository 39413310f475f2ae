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

A support channel has more going on (`Happenings`)::

    post = slack.app_post("#support", "@lena_k: order 8841 never came", username="X mentions")
    slack.app_edit(post, "@lena_k: order 8841")              # message_changed by that app
    reply = await omar.say("#support", "On it", post.ts)     # broadcast=True: also to the channel
    await omar.react(reply, "white_check_mark::skin-tone-3") # remove=True takes it away
    await omar.message_shortcut(post, "track_issue")
    slack.set_group("care", ["mia", "omar"])                 # subteam_* events, usergroups.*
    slack.newcomer("bo", company="Nordic Agency", channels=["#support"])   # or is_guest=True
    slack.deactivate("omar")                                 # user_change, deleted
    slack.share("#support", "Nordic Agency")                 # channel_shared; unshare
    slack.archive("#support"); slack.unarchive("#support")   # also rename, delete_channel
    slack.remove_bot("#support"); await mia.invite_bot("#support")
    slack.notice("#support", "channel_topic")                # Slack's own lines; omar.me(…) is /me
    slack.revoke(); slack.inject({"type": "message"})        # uninstalled; any payload, malformed
    slack.clock.advance(7200)                                # two hours pass at once
    slack.clock.instant().isoformat()                        # KEPI_CLOCK of a bot started now
    slack.faults.drop_events = True                          # nothing arrives; retries are lost too
    slack.faults.copies = 4                                  # each event comes four times
    slack.faults.shuffle = True                              # and they overtake each other
    slack.release_events(order=[2, 0, 1])                    # of what was held; or shuffled=dice
    slack.faults.per_minute["conversations.replies"] = 50    # tier 3: then 429
    slack.faults.reaction_users = 1                          # users of a mark are shortened
"""

from bot.playground.deliveries import Acked, Answer
from bot.playground.faults import Fault, Faults, Trouble
from bot.playground.hands import FormRefused
from bot.playground.installed import seed_of
from bot.playground.local_slack import LocalSlack
from bot.playground.person import Person
from bot.playground.seed import Command, Seed, Shortcut
from bot.playground.web_api import Call
from bot.playground.world import (
    App,
    Channel,
    Member,
    Message,
    SlackFile,
    Team,
    UserGroup,
    View,
)

__all__ = [
    "Acked",
    "Answer",
    "App",
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
    "UserGroup",
    "View",
    "seed_of",
]
