"""Who somebody is, as Slack knows them now: remembered for minutes, dropped when Slack says so."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from slack_sdk.errors import SlackApiError

from commands.calls import error_of, repeat
from commands.context import Context
from commands.known import Channels, Remembered
from support.roles import Speaker

log = logging.getLogger(__name__)

PERSON_SECONDS = 300.0
GROUP_SECONDS = 600.0
MEMBERS_SECONDS = 300.0
PAGES = 50
HIDDEN = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
CLOSED = frozenset(
    {"missing_scope", "no_permission", "permission_denied", "not_allowed_token_type"}
    | {"access_denied", "no_such_subteam", "subteam_not_found", "plan_upgrade_required"}
    | {"channel_not_found", "not_in_channel", "is_archived", "unknown_method"}
    | {"method_not_supported_for_channel_type", "paid_teams_only", "paid_only"}
)
"""Slack will not tell who belongs to it, however often it is asked."""
OWN_IDS = "own-ids"
"""The choice that keeps ids which Kepi had before it was installed anew (support-spec §5.3)."""


class Staff:
    """People, user groups and channels' members of one workspace, remembered."""

    def __init__(self) -> None:
        self.people: Remembered[Speaker] = Remembered(PERSON_SECONDS)
        self.groups: Remembered[frozenset[str]] = Remembered(GROUP_SECONDS)
        self.members: Remembered[frozenset[str]] = Remembered(MEMBERS_SECONDS)
        self.ours: frozenset[str] = frozenset()


STAFF: WeakKeyDictionary[Channels, Staff] = WeakKeyDictionary()
"""Of each running bot: it lives as long as its context does."""


def staff_of(context: Context) -> Staff:
    return STAFF.setdefault(context.channels, Staff())


async def find_person(context: Context, user: str) -> Speaker:
    """Return what decides the role of ``user``; someone whom Slack hides is an outsider.

    Raises what keeps Slack from telling: then nobody is taken for somebody else.
    """
    if not user:
        return Speaker()
    known = staff_of(context).people.get(user)
    if known is None:
        known = await ask_for_person(context, user)
        staff_of(context).people.keep(user, known)
    return known


async def ask_for_person(context: Context, user: str) -> Speaker:
    try:
        answer = await repeat(lambda: context.client.users_info(user=user))
    except SlackApiError as refusal:
        if error_of(refusal) in HIDDEN:
            return Speaker(user=user, is_stranger=True)
        raise
    info = answer.get("user")
    return read_person(user, info if isinstance(info, Mapping) else {})


def read_person(user: str, info: Mapping[str, Any]) -> Speaker:
    """Return what a ``user`` object says (support-spec §2)."""
    return Speaker(
        user=user,
        team=str(info.get("team_id") or ""),
        is_bot=bool(info.get("is_bot") or info.get("is_workflow_bot")),
        is_stranger=bool(info.get("is_stranger")),
        is_guest=bool(info.get("is_restricted") or info.get("is_ultra_restricted")),
    )


async def group_members(context: Context, group: str) -> frozenset[str]:
    """Return the people of a user group; nobody where Slack does not let Kepi know.

    Raises what keeps Slack from telling just now: roles are written down for ever.
    """
    known = staff_of(context).groups.get(group)
    if known is None:
        known = await ask_for_group(context, group)
        staff_of(context).groups.keep(group, known)
    return known


async def ask_for_group(context: Context, group: str) -> frozenset[str]:
    try:
        answer = await repeat(lambda: context.client.usergroups_users_list(usergroup=group))
    except SlackApiError as refusal:
        if error_of(refusal) not in CLOSED:
            raise
        log.warning("a user group is not known", extra={"group": group, "why": error_of(refusal)})
        return frozenset()
    return frozenset(str(it) for it in answer.get("users") or [])


async def channel_members(context: Context, channel: str) -> frozenset[str]:
    """Return the people of a channel; nobody where Kepi may not see it. Raises as groups do."""
    known = staff_of(context).members.get(channel)
    if known is None:
        known = await ask_for_members(context, channel)
        staff_of(context).members.keep(channel, known)
    return known


async def ask_for_members(context: Context, channel: str) -> frozenset[str]:
    found: set[str] = set()
    cursor = ""
    for _ in range(PAGES):
        try:
            answer = await repeat(
                lambda cursor=cursor: context.client.conversations_members(  # type: ignore[misc]
                    channel=channel, limit=1000, cursor=cursor
                )
            )
        except SlackApiError as refusal:
            if error_of(refusal) not in CLOSED:
                raise
            extra = {"channel": channel, "why": error_of(refusal)}
            log.warning("a channel's members are not known", extra=extra)
            break
        found |= {str(it) for it in answer.get("members") or []}
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            break
    return frozenset(found)


async def people_who_answer(
    context: Context, groups: Iterable[str], channel: str
) -> frozenset[str]:
    """Return the members of responder groups and of the responders' channel, as they are now."""
    found: set[str] = set()
    for group in groups:
        found |= await group_members(context, group)
    if channel:
        found |= await channel_members(context, channel)
    return frozenset(found)


async def own_ids(context: Context) -> frozenset[str]:
    """Return Kepi's user and bot ids, those from before a re-installation too."""
    staff = staff_of(context)
    if not staff.ours:
        staff.ours = await context.write(keep_own_ids, context)
    return staff.ours


def keep_own_ids(connection: Any, context: Context) -> frozenset[str]:
    """Add the ids of now to those that were kept, and return all."""
    from storage import support_notes

    now = {context.home.bot_user, context.home.bot_id} - {""}
    workspace = context.home.workspace
    held = support_notes.chosen(connection, workspace, OWN_IDS, [])
    before = {it for it in held if isinstance(it, str)} if isinstance(held, list) else set()
    if not now <= before:
        ids = sorted(before | now)
        support_notes.choose(connection, workspace, OWN_IDS, ids, "", context.clock())
    return frozenset(before | now)


def forget(context: Context, event: Mapping[str, Any]) -> None:
    """Drop what an event makes out of date: a person, a group, a channel's members."""
    staff, kind = staff_of(context), event.get("type")
    if kind == "user_change":
        user = event.get("user")
        gone = str(user.get("id") if isinstance(user, Mapping) else user)
        staff.people.forget(gone)
        context.people.forget(gone)
    elif kind == "subteam_members_changed":
        staff.groups.forget(str(event.get("subteam_id")))
    elif kind in ("subteam_updated", "subteam_created"):
        group = event.get("subteam")
        staff.groups.forget(str(group.get("id") if isinstance(group, Mapping) else ""))
    elif kind in ("member_joined_channel", "member_left_channel"):
        staff.members.forget(str(event.get("channel")))
