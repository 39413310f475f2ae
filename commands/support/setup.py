"""``/support setup``: five questions, a try-out on 30 days, then it is saved."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from commands import forms
from commands.asker import Asker, asker_of_action, sender_of, tell, tell_blocks
from commands.blocks import View_, actions, escape, form, section
from commands.calls import FAULTS, repeat
from commands.context import Context
from commands.offers import find_offers
from commands.overtaken import say_overtaken
from commands.pressed import Pressed, on_press
from commands.rights import refuse, require_member
from commands.saying import say
from commands.support import wording
from commands.support.draft import Draft, unpack_draft
from commands.support.grammar import Said, Verb
from commands.support.granted import NEEDED, find_granted
from commands.support.looking import channel_name
from commands.support.people import channel_members
from commands.support.requests import Request
from commands.support.saving import Place, draft_of, draft_to_fill, save_setup
from commands.support.setup_form import COPY, FORM, MORE, Surroundings, compose_setup
from commands.support.setup_read import read_setup
from commands.support.setup_result import BACK, USE, compose_progress, compose_result, say_saved
from commands.support.sight import visible
from commands.support.tryout import try_out
from commands.tongues import in_own_language, in_senders_language
from commands.views import fill_form, open_loading, show_trouble
from storage.errors import KepiError
from support.rules import Mode

if TYPE_CHECKING:
    from sqlalchemy import Connection


def register(app: AsyncApp, context: Context) -> None:
    on_press(app, context, "support_setup", in_own_language(pressed))

    @app.action(MORE)
    @in_senders_language(context)
    async def more(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        start(context, body, show_more(context, body.get("view") or {}))

    @app.action(COPY)
    @in_senders_language(context)
    async def copy(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        chosen = (body["actions"][0].get("selected_option") or {}).get("value")
        start(context, body, copy_from(context, body.get("view") or {}, str(chosen or "")))

    @app.action(BACK)
    @in_senders_language(context)
    async def back(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        start(context, body, choose_again(context, body.get("view") or {}))

    @app.view(FORM)
    @in_senders_language(context)
    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        view = body["view"]
        draft, errors = read_view(view)
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        await ack(response_action="update", view=compose_progress(draft, 0, 0))
        start(context, body, run_try_out(context, str(view["id"]), draft))

    @app.view(USE)
    @in_senders_language(context)
    async def use(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        draft = unpack_draft(body["view"]["private_metadata"])
        start(context, body, save_and_tell(context, str(body["user"]["id"]), draft))


def start(context: Context, body: Mapping[str, Any], work: Coroutine[Any, Any, None]) -> None:
    """Start the work of a form; what goes wrong is told to the one who fills it in."""
    view = body.get("view") or {}
    try:
        held = unpack_draft(str(view.get("private_metadata") or "{}")).asker
        asker = sender_of(Asker(*held), body) if held else asker_of_action(body)
    except (KepiError, ValueError, KeyError, TypeError, AttributeError):
        asker = asker_of_action(body)
    checked = do_if_allowed(context, body, work)
    context.tasks.start(checked, lambda words: tell(context, asker, words))


async def do_if_allowed(
    context: Context, body: Mapping[str, Any], work: Coroutine[Any, Any, None]
) -> None:
    """Carry out what was pressed in the form, or refuse whoever may not set the channel up."""
    user = str((body.get("user") or {}).get("id") or "")
    try:
        await require_member(context, user, say(wording.GUESTS))
        draft = unpack_draft(str((body.get("view") or {}).get("private_metadata") or "{}"))
        await require_setup(context, user, draft.channel)
    except BaseException:
        work.close()
        raise
    await work


def read_view(view: Mapping[str, Any]) -> tuple[Draft, dict[str, str]]:
    """Return the draft as it was filled in, and complaints by ``block_id``."""
    before = unpack_draft(view["private_metadata"])
    draft, errors = read_setup(forms.filled(view), before)
    try:
        draft.pack()
    except KepiError as trouble:
        errors["responders"] = str(trouble)
    named = {forms.name_of(name, before.edition): words for name, words in errors.items()}
    shown = {str(it.get("block_id")) for it in view.get("blocks") or []}
    if named and shown and not shown & set(named):
        named = {forms.name_of("who", before.edition): "; ".join(errors.values())}
    return draft, named


# --- opening


async def pressed(context: Context, press: Pressed) -> None:
    said = Said(Verb.SETUP, channel=press.value if press.value.startswith(("C", "G")) else "")
    await answer(Request(context, press.asker, said, press.trigger, press.trigger))


async def answer(request: Request) -> None:
    """Open the form for the channel that is named, or where it was typed."""
    context, asker = request.context, request.asker
    channel = request.said.channel or ("" if asker.is_direct else asker.channel)
    if not channel or channel.startswith("D"):
        raise KepiError(wording.SETUP_WHERE)
    await require_setup(context, asker.user, channel)
    if not request.trigger:
        await request.open(no_view, say(wording.SETUP_OPEN), f"support_setup|{channel}")
        return
    view_id = await open_loading(context, request.trigger, say(wording.FORM_SETUP))
    try:
        draft = await context.read(draft_to_fill, context.home.workspace, channel)
        if draft == Draft(channel, opened=0) and (await context.channels.find(channel)).is_shared:
            draft = of_partners(draft)
        await show_again(context, view_id, replace(draft, asker=tuple(asker.pack())))
    except KepiError as trouble:
        await show_trouble(context, view_id, say(wording.FORM_SETUP), trouble)


def of_partners(draft: Draft) -> Draft:
    """Return what is proposed for a channel shared with another company: its people ask."""
    return replace(draft, rules=replace(draft.rules, mode=Mode.AUTO, others_are="responder"))


async def no_view() -> View_:
    raise KepiError(wording.SETUP_OPEN)


async def require_setup(context: Context, user: str, channel: str) -> None:
    """Refuse guests, people who are not in the channel, and channels that Kepi is not in."""
    await require_member(context, user, say(wording.GUESTS))
    found = await context.channels.find(channel)
    if found.is_direct:
        raise KepiError(wording.SETUP_WHERE)
    if not found.is_member:
        raise KepiError(wording.INVITE_FIRST)
    granted = await find_granted(context)
    needed = "groups:history" if found.is_private else NEEDED
    if granted.scopes and needed not in granted.scopes:
        raise KepiError(wording.NOT_GRANTED, scope=needed)
    if user not in await channel_members(context, channel):
        name = f"#{found.name}" if found.name else say("that channel")
        refuse(user, "channel", say(wording.MEMBERS_OF_CHANNEL, channel=name))


async def show_again(context: Context, view_id: str, draft: Draft) -> None:
    """Show the form, filled in with the draft."""
    around = await find_surroundings(context, draft)
    await fill_form(context, view_id, compose_setup(draft, around))


async def find_surroundings(context: Context, draft: Draft) -> Surroundings:
    """Return what the form offers: user groups, channels that its asker sees, open hours."""
    held = await context.read(read_surroundings, context.home.workspace, draft.channel)
    seen = await visible(context, asker_of(draft), [channel for channel, _ in held.others])
    others = tuple(it for it in held.others if it[0] in seen)
    granted = await find_granted(context)
    groups: tuple[tuple[str, str], ...] = ()
    if "usergroups:read" in granted.scopes or not granted.scopes:
        groups = await find_groups(context)
    name = await channel_name(context, draft.channel, say("this channel"))
    return replace(held, name=name, groups=groups, others=others, lacks=granted.says())


def asker_of(draft: Draft) -> str:
    """Return who fills the form in."""
    return str(draft.asker[0]) if draft.asker else ""


def read_surroundings(connection: Connection, workspace: int, channel: str) -> Surroundings:
    from commands.support.week_words import say_week
    from storage import desks
    from support.calendars import load_calendar

    calendar = load_calendar(connection, workspace)
    others = [
        (it.channel, it.name or it.channel)
        for it in desks.all_desks(connection, workspace)
        if it.channel != channel and desks.rules_of(connection, workspace, it.channel)
    ]
    words = f"{say_week(calendar.week)}, {calendar.zone}"
    return Surroundings("", calendar.zone, words, others=tuple(others))


async def find_groups(context: Context) -> tuple[tuple[str, str], ...]:
    """Return the workspace's user groups; none where Slack does not say."""
    try:
        answer = await repeat(lambda: context.client.usergroups_list(), tries=2)
    except FAULTS:
        return ()
    found = [
        (str(it.get("id")), f"@{it.get('handle') or it.get('name')}")
        for it in answer.get("usergroups") or []
        if not it.get("date_delete")
    ]
    return tuple(sorted(found, key=lambda it: it[1]))


# --- changing it while it is open


def draft_in(view: Mapping[str, Any]) -> Draft:
    """Return what a form remembers; raises ``KepiError`` for what is no form of setup."""
    try:
        return unpack_draft(str(view.get("private_metadata") or ""))
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise KepiError(wording.OLD_BUTTON) from fault


async def choose_again(context: Context, view: Mapping[str, Any]) -> None:
    """Go back from the try-out to the form, everything filled in."""
    draft = draft_in(view)
    again = replace(draft, more=True, edition=draft.edition + 1)
    await show_again(context, str(view.get("id")), again)


async def show_more(context: Context, view: Mapping[str, Any]) -> None:
    """Show the other settings below the five questions; what was typed stays."""
    draft, _ = read_setup(forms.filled(view), draft_in(view))
    await show_again(context, str(view["id"]), replace(draft, more=True))


async def copy_from(context: Context, view: Mapping[str, Any], channel: str) -> None:
    """Fill the form in with another channel's settings."""
    before = draft_in(view)
    if channel not in await visible(context, asker_of(before), [channel]):
        return
    other = await context.read(draft_of, context.home.workspace, channel)
    # Its hours are copied, its calendar stays its own.
    rules = replace(other.rules, calendar=before.rules.calendar)
    draft = replace(
        other,
        channel=before.channel,
        opened=before.opened,
        rules=rules,
        edition=before.edition + 1,
        more=before.more,
        asker=before.asker,
    )
    await show_again(context, str(view["id"]), draft)


# --- trying it out, and saving it


async def run_try_out(context: Context, view_id: str, draft: Draft) -> None:
    """Show how far it has read, then what the rules would have made of it."""

    async def progress(messages: int, since: int, threads: int) -> None:
        await fill_form(context, view_id, compose_progress(draft, messages, since, threads))

    try:
        await require_setup(context, asker_of(draft), draft.channel)
        result = await try_out(context, draft.channel, draft.rules, progress)
    except KepiError as trouble:
        await show_trouble(context, view_id, say(wording.FORM_SETUP), trouble)
        return
    except Exception:
        await fill_form(context, view_id, broken())
        raise
    await fill_form(context, view_id, compose_result(draft, result))


def broken() -> View_:
    blocks = [section(escape(say(wording.TRY_OUT_BROKE)))]
    return form(say(wording.FORM_SETUP), blocks, callback_id="trouble")


async def save_and_tell(context: Context, user: str, draft: Draft) -> None:
    """Write it down, and tell the one who did alone: nobody else sees anything of it."""
    from storage.overtaken import Overtaken

    await require_setup(context, user, draft.channel)
    found = await context.channels.find(draft.channel)
    place = Place(draft.channel, found.name, found.is_shared)
    try:
        rules = await context.write(
            save_setup, context.home.workspace, draft, place, user, context.clock()
        )
    except Overtaken as over:
        raise KepiError(await say_overtaken(context, user, over, f"#{found.name}")) from over
    asker = Asker(*draft.asker) if draft.asker else Asker(user, draft.channel)
    page = say_saved(place, rules)
    offers = await find_offers(context, rules.alerts_channel or draft.channel)
    row = [actions(offers)] if offers else []
    await tell_blocks(context, asker, page.text, [*page.blocks, *row])
