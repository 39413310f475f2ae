"""Files: what people drop, and what the bot uploads in three steps (slack-platform §4)."""

from __future__ import annotations

import mimetypes
import re
import secrets

from bot.playground.changes import Change
from bot.playground.workspace import Workspace
from bot.playground.world import Channel, Json, SlackFile

IMAGES = {"image/png", "image/jpeg", "image/gif"}
MAX_FILE = 1_000_000_000


def file_json(space: Workspace, file: SlackFile) -> Json:
    """Return a file object; until it is processed, mimetype and shares are empty (§4)."""
    team = space.seed.team.id
    kind = file.name.rpartition(".")[2].lower() if "." in file.name else "binary"
    place = f"{space.base_url}/files-pri/{team}-{file.id}"
    slug = re.sub(r"[^a-z0-9._-]+", "_", file.name.lower()) or "file"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": kind if file.mimetype else "",
        "pretty_type": kind.upper() if file.mimetype else "",
        "user": file.owner,
        "user_team": space.members[file.owner].team,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": _is_public(space, file),
        "alt_txt": file.alt_txt,
        "url_private": f"{place}/{slug}",
        "url_private_download": f"{place}/download/{slug}",
        "permalink": f"{space.base_url}/files/{file.owner}/{file.id}/{slug}",
        "file_access": "visible",
        "shares": shares_json(space, file),
        "channels": [each for each in file.shares if space.channels[each].kind == "channel"],
        "groups": [each for each in file.shares if space.channels[each].kind == "group"],
        "ims": [each for each in file.shares if space.channels[each].kind == "im"],
    }


def shares_json(space: Workspace, file: SlackFile) -> Json:
    """Return where the file was posted: `{public|private: {channel: [{ts}]}}`."""
    shares: Json = {}
    for channel, ts in file.shares.items():
        side = "public" if space.channels[channel].kind == "channel" else "private"
        shares.setdefault(side, {})[channel] = [{"ts": ts, "channel_name": channel}]
    return shares


def _is_public(space: Workspace, file: SlackFile) -> bool:
    return any(space.channels[each].kind == "channel" for each in file.shares)


def new_file(space: Workspace, name: str, owner: str, size: int) -> SlackFile:
    """Return a file that has an id but no bytes yet."""
    file = SlackFile(space.new_id("F"), name, owner, size, int(space.clock.now()))
    file.upload_key = secrets.token_urlsafe(24)
    space.files[file.id] = file
    return file


def finish_processing(space: Workspace, file: SlackFile) -> None:
    """Set what Slack works out about the bytes."""
    guess = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    data = file.data or b""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        guess = "image/png"
    elif data.startswith(b"\xff\xd8\xff"):
        guess = "image/jpeg"
    elif guess in IMAGES and not data.startswith(b"GIF8"):
        guess = "application/octet-stream"
    file.mimetype = guess
    space.changes.tell(Change("file", ts=file.id))


def may_open(space: Workspace, file: SlackFile, user: str) -> bool:
    """Say whether `user` owns the file or sits where it was shared."""
    if file.deleted:
        return False
    return file.owner == user or any(user in space.channels[c].members for c in file.shares)


def share(space: Workspace, file: SlackFile, channel: Channel, ts: str) -> None:
    """Note that a message in `channel` shows the file."""
    file.shares.setdefault(channel.id, ts)


def file_shared_event(space: Workspace, file: SlackFile, channel: Channel) -> Json:
    """Return the thin `file_shared` event: ids only (§4)."""
    return {
        "type": "file_shared",
        "file_id": file.id,
        "user_id": file.owner,
        "file": {"id": file.id},
        "channel_id": channel.id,
        "event_ts": space.clock.mint_ts(),
    }
