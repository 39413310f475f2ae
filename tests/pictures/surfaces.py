"""Every surface of what people see, in the order in which somebody meets them.

Each leads there by what people type and press, and returns the part of the page to picture.
Surfaces of one moment share a workspace and follow each other: a later one may build on what an
earlier one did.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from playwright.async_api import Locator

from bot.oauth.pages import AGAIN, TROUBLE, page
from bot.playground import Message
from bot.playground.page_acts import act
from bot.playground.planting import let_crisis_break_out
from tests.pictures.stage import MARKETING, Stage

CHANGED = (
    ('week-start = "monday"', 'week-start = "sunday"'),
    ('answers = "everyone"', 'answers = "asker"'),
    ('keep-words = "365 days"', 'keep-words = "90 days"'),
)
"""What somebody changes in the file of settings."""
CARE, ELSEWHERE = "#acme-care", "#random"
Show = Callable[[Stage], Awaitable[Locator]]
SUNDAY = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
SOLVED = datetime(2026, 11, 22, 17, 10, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 8, 1, tzinfo=UTC)
"""A minute after the digest is due: 09:01 in Stockholm."""


@dataclass(frozen=True)
class Surface:
    """One picture at two widths."""

    name: str
    words: str
    """One sentence for whoever looks at it."""
    show: Show
    at: datetime = SUNDAY
    is_empty: bool = False
    """In a workspace that has nothing yet."""


EVERY: list[Surface] = []


def surface(words: str, at: datetime = SUNDAY, *, empty: bool = False) -> Callable[[Show], Show]:
    """Add a surface, named as the function that leads there."""

    def add(show: Show) -> Show:
        name = show.__name__.replace("_", "-")
        EVERY.append(Surface(name, words, show, at, empty))
        return show

    return add


# --- a workspace that has nothing yet

EXPORT = """\
Post ID,Page ID,Page name,Title,Publish time,Permalink,Post type,Views,Reach,Reactions,Comments,\
Shares,Total clicks
1,7,Roastery,Latte art,11/16/2026 03:00,https://www.facebook.com/7/posts/1,Photos,500,200,10,2,1,4
2,7,Roastery,New beans,11/17/2026 03:00,https://www.facebook.com/7/posts/2,Photos,500,300,20,3,2,5
3,7,Roastery,Opening,32/11/2026 03:00,https://www.facebook.com/7/posts/3,Photos,500,300,20,3,2,5
"""
UNKNOWN = """\
when,status_ref,people_seen,thumbs,remarks
2026-11-16 09:00,a1,2140,88,12
2026-11-17 09:00,a2,1890,61,4
2026-11-18 09:00,a3,3020,140,23
"""
ORDERS = """\
Number;Placed;Buyer;Sum
A-1041;03/11/2026 10:00;mia@example.com;1.500
A-1042;04/11/2026 11:00;lena@example.com;2.250
A-1043;05/11/2026 12:00;mia@example.com;3.125
"""


@surface("Home before anything is there: three steps, the care team, and an example.", empty=True)
async def home_empty(stage: Stage) -> Locator:
    await stage.open_home()
    return await stage.home()


@surface("A question before there are numbers leads to the same three steps.", empty=True)
async def first_steps(stage: Stage) -> Locator:
    return await stage.message(await stage.ask("/kpi", "dm"))


@surface("The example says that it is a sample, and is seen by whoever asked alone.", empty=True)
async def example(stage: Stage) -> Locator:
    home = await stage.open_home()
    await stage.press(home, "See an example")
    return await last_shown(stage)


@surface("An account is added by platform, handle and brand.", empty=True)
async def account_form(stage: Stage) -> Locator:
    await stage.press(await stage.open_home(), "Add")
    return await stage.form()


@surface("A dropped export is read before it is stored; bad rows are named.", empty=True)
async def file_preview(stage: Stage) -> Locator:
    await stage.mia.drop("dm", "facebook-posts.csv", EXPORT.encode())
    await stage.quiet()
    return await stage.message(stage.mia.bot_said("dm")[-1])


@surface("A layout that nobody knows is offered to be matched.", empty=True)
async def unknown_file(stage: Stage) -> Locator:
    await stage.mia.drop("dm", "weekly-report.csv", UNKNOWN.encode())
    await stage.quiet()
    return await stage.message(stage.mia.bot_said("dm")[-1])


@surface("Columns are matched once and remembered for files with that header.", empty=True)
async def column_matching(stage: Stage) -> Locator:
    await stage.press(stage.mia.bot_said("dm")[-1], "Match columns")
    return await stage.form()


@surface("Other rows are matched alike: of orders, what the file leaves open is asked.", empty=True)
async def order_matching(stage: Stage) -> Locator:
    await stage.mia.drop("dm", "shop.csv", ORDERS.encode())
    await stage.quiet()
    await stage.press(stage.mia.bot_said("dm")[-1], "Match columns")
    return await stage.form()


@surface("Invited to a channel, Kepi asks the inviter alone what it shall do there.", empty=True)
async def invitation(stage: Stage) -> Locator:
    await stage.mia.invite_bot(ELSEWHERE)
    await stage.quiet()
    return await stage.message(stage.mia.bot_said(ELSEWHERE)[-1])


# --- with numbers


@surface("Home with data: how far they reach, what is due, what is open.")
async def home_with_data(stage: Stage) -> Locator:
    await stage.open_home()
    return await stage.home()


@surface("A guest's Home: what a guest may do, and no figure.")
async def home_of_guest(stage: Stage) -> Locator:
    await stage.open_home("gus")
    return await stage.home("gus")


@surface("An exact answer: the number, its change, the chart, and how far the data reach.")
async def answer_exact(stage: Stage) -> Locator:
    return await stage.message(await charted(stage, "/kpi reach instagram last-28d"))


@surface("Where Kepi was not invited the asker alone is answered; the chart comes on request.")
async def private_answer(stage: Stage) -> Locator:
    return await stage.message(await stage.ask("/kpi reach instagram last-28d", ELSEWHERE))


@surface("Days without data: what there is instead, and how to add them.")
async def days_without_data(stage: Stage) -> Locator:
    return await stage.message(await stage.ask("/kpi followers tiktok 2020-01-01 to 2020-01-07"))


@surface("Where the platform gave no count of the whole period, what is proven is told.")
async def answer_bounds(stage: Stage) -> Locator:
    return await stage.message(await charted(stage, "/kpi reach instagram last-30d"))


@surface("How? tells what a number was worked out from, and how to ask it again.")
async def how(stage: Stage) -> Locator:
    await stage.press(await stage.ask("/kpi reach instagram last-30d"), "How?")
    return await stage.form()


@surface("The form to ask, filled in with the question under which Change was pressed.")
async def ask_form(stage: Stage) -> Locator:
    await stage.press(stage.mia.bot_said(MARKETING)[-1], "Change")
    return await stage.form()


@surface("A day is noted in a form, or by words: /kpi note 12 nov Black Week.")
async def note_form(stage: Stage) -> Locator:
    await stage.command("/kpi note")
    return await stage.form()


@surface("Notes stand on every chart that covers their days.")
async def note_on_chart(stage: Stage) -> Locator:
    await stage.ask("/kpi note 12 nov Black Week begins")
    await stage.ask("/kpi note 1–4 nov Coffee fair")
    return await stage.message(await charted(stage, "/kpi engagements instagram last-30d"))


@surface("The notes, each with its menu.")
async def note_list(stage: Stage) -> Locator:
    return await stage.message(await stage.ask("/kpi notes"))


@surface("A number by its parts, as bars.")
async def answer_split(stage: Stage) -> Locator:
    return await stage.message(await charted(stage, "/kpi engagements by platform last 30 days"))


@surface("Help is short, with examples of accounts that exist.")
async def help_message(stage: Stage) -> Locator:
    return await stage.message(await stage.ask("/kpi help"))


@surface("The digest is set up in a form: where, when, what, and who looks after it.")
async def digest_form(stage: Stage) -> Locator:
    await stage.press(await stage.ask("/kpi digest"), "Set up")
    return await stage.form()


@surface("An alert is set in words; the form says how often it would have fired.")
async def alert_form(stage: Stage) -> Locator:
    await stage.press(await stage.ask("/kpi alert"), "New alert")
    return await stage.form()


@surface("A goal is proposed with its history before it is set.")
async def goal(stage: Stage) -> Locator:
    await stage.command("/kpi goal 24,000 instagram followers by 2027-01-31")
    return await stage.form()


@surface("The goals, with how far each is.")
async def goal_list(stage: Stage) -> Locator:
    return await stage.message(await stage.ask("/kpi goals"))


@surface("Who waits for an answer, those who wait longest first.")
async def support_list(stage: Stage) -> Locator:
    return await stage.message(await stage.ask("/support", CARE))


@surface("Setting up a channel asks five things; the rest is filled in.")
async def support_setup(stage: Stage) -> Locator:
    await stage.command("/support setup", "#help-it")
    return await stage.form()


@surface("Accounts and competitors, with their brands.")
async def account_list(stage: Stage) -> Locator:
    return await stage.message(await stage.ask("/kpi accounts"))


@surface("What the workspace chose, as a form.")
async def settings_form(stage: Stage) -> Locator:
    await stage.command("/kpi settings")
    return await stage.form()


@surface("What one channel chose: where it differs from the workspace.")
async def channel_settings(stage: Stage) -> Locator:
    await stage.command("/kpi settings channel")
    return await stage.form()


@surface("Each change names who and when.")
async def settings_history(stage: Stage) -> Locator:
    return await stage.message(await stage.ask("/kpi settings history"))


@surface("Who may set things up.")
async def admins(stage: Stage) -> Locator:
    return await stage.message(await stage.ask("/kpi admins"))


@surface("A changed file of settings, dropped: the difference is shown before anything changes.")
async def settings_difference(stage: Stage) -> Locator:
    await stage.command("/kpi settings export")
    files = stage.slack.space.files.values()
    told = next(it.data or b"" for it in files if it.name == "kepi-settings.toml").decode()
    for before, after in CHANGED:
        told = told.replace(before, after)
    await stage.mia.drop("dm", "kepi-settings.toml", told.encode())
    await stage.quiet()
    return await stage.message([it for it in stage.mia.bot_said("dm") if it.blocks][-1])


@surface("What is kept, for how long, and who sees it.")
async def privacy(stage: Stage) -> Locator:
    return await stage.message(await stage.ask("/kpi privacy"))


@surface("Before a person is erased, what would go and what stays.")
async def forget_confirmation(stage: Stage) -> Locator:
    return await stage.message(await stage.ask("/kpi forget @omar"))


@surface("How Kepi is: what came in, what is due, what failed.")
async def status(stage: Stage) -> Locator:
    return await stage.message(await stage.ask("/kpi status"))


@surface("In the browser, once Kepi was installed by OAuth.")
async def installed(stage: Stage) -> Locator:
    words = "It has written to you in Slack. Its Home has the first three steps."
    return await stage.site(page("Kepi is installed in Acme", words, ("Open Kepi in Slack", "#")))


@surface("In the browser, where it was not installed: why, and how to begin again.")
async def not_installed(stage: Stage) -> Locator:
    words = TROUBLE["invalid_state"]
    return await stage.site(page("Kepi isn't installed", words, ("Begin again", AGAIN)))


@surface("A customer's issue is followed in its thread; Kepi writes one line.", SOLVED)
async def support_thread(stage: Stage) -> Locator:
    """A customer wrote on X; Omar looks, answers and solves it, minutes apart."""
    relay = stage.slack.space.seed.relays[0]
    words = {"handle": "lena_k", "text": "order 8841 never came", "bot_id": relay.app.bot_id}
    await act(stage.mia, {"do": "relay", **words})
    await stage.quiet()
    post = stage.mia.sees(CARE)[-1]
    omar = stage.slack.person("omar")
    await omar.react(post, "eyes")
    await stage.jump(SOLVED + timedelta(minutes=12))
    await omar.say(CARE, "Hi Lena, checking with the depot.", thread_ts=post.ts)
    await stage.quiet()
    await stage.jump(SOLVED + timedelta(minutes=48))
    answer = await omar.say(CARE, "It arrives tomorrow.", thread_ts=post.ts)
    await omar.react(answer, "white_check_mark")
    await stage.quiet()
    return await stage.thread(post)


@surface("The Monday digest.", MONDAY)
async def digest(stage: Stage) -> Locator:
    await stage.wake()
    return await stage.message(await charted(stage, ""))


@surface("An alert: what happened, what is usual, and who takes it.", MONDAY)
async def alert(stage: Stage) -> Locator:
    let_crisis_break_out(stage.url, stage.slack.clock.instant())
    await stage.wake()
    await stage.wake()
    said = [it for it in stage.mia.bot_said(MARKETING) if "Alert" in it.words]
    return await stage.message(said[-1])


async def charted(stage: Stage, words: str) -> Message:
    """Return an answer, or where there are no words the last message, once its chart is in it."""
    if words:
        await stage.mia.command(words, MARKETING)
        await stage.quiet()

    def is_drawn(it: Message) -> bool:
        return any(block["type"] == "image" for block in it.blocks)

    return await stage.mia.await_message(MARKETING, is_drawn, within=30)


async def last_shown(stage: Stage) -> Locator:
    """Return the form that was opened, or else what was said last in the direct message."""
    if stage.mia.open_view() is not None:
        return await stage.form()
    return await stage.message(stage.mia.bot_said("dm")[-1])
