"""Who a workspace has: companies, people, user groups and other apps."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.playground.elements import Json


@dataclass
class Team:
    """A company; people of another one are strangers in a shared channel (slack-platform §3)."""

    id: str
    name: str
    domain: str
    locale: str = "en-US"

    def as_json(self) -> Json:
        """Return the `team` of team.info."""
        return {
            "id": self.id,
            "name": self.name,
            "domain": self.domain,
            "email_domain": "",
            "locale": self.locale,
            "icon": {"image_default": True},
        }


@dataclass
class Member:
    """A person or bot, as users.info describes them (§7)."""

    id: str
    name: str
    real_name: str
    team: str
    tz: str | None = "UTC"
    tz_offset: int = 0
    locale: str = "en-US"
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False
    email: str | None = None

    def as_json(self, *, locale: bool = False, email: bool = False) -> Json:
        """Return the `user` object; a stranger has no tz or roles here (§3)."""
        user: Json = {
            "id": self.id,
            "team_id": self.team,
            "name": self.name,
            "deleted": self.deleted,
            "real_name": self.real_name,
            "profile": self._profile(email),
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 1_700_000_000,
        }
        if self.deleted:  # what a person was is not told of someone who left
            return user
        user |= {
            "is_admin": self.is_admin,
            "is_owner": self.is_owner,
            "is_primary_owner": self.is_owner,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
        }
        if self.tz is not None:
            user |= {"tz": self.tz, "tz_label": self.tz, "tz_offset": self.tz_offset}
        if self.is_stranger:
            user["is_stranger"] = True
        if locale:
            user["locale"] = self.locale
        return user

    def _profile(self, email: bool) -> Json:
        profile: Json = {
            "real_name": self.real_name,
            "display_name": self.name,
            "team": self.team,
            "image_72": "",
        }
        if email and self.email:
            profile["email"] = self.email
        return profile


@dataclass
class UserGroup:
    """A user group such as @care (§3); `users` are member ids."""

    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
    created: int = 1_700_000_000
    updated: int = 1_700_000_000

    def as_json(self, team: str, *, users: bool = False, count: bool = False) -> Json:
        """Return the `usergroup` object; its members only when they are asked for."""
        shown: Json = {
            "id": self.id,
            "team_id": team,
            "is_usergroup": True,
            "is_subteam": True,
            "name": self.name,
            "description": "",
            "handle": self.handle,
            "is_external": False,
            "date_create": self.created,
            "date_update": self.updated,
            "date_delete": 0,
            "auto_type": None,
            "created_by": "",
            "updated_by": "",
            "deleted_by": None,
            "prefs": {"channels": [], "groups": []},
        }
        if users:
            shown["users"] = list(self.users)
        if users or count:
            shown["user_count"] = len(self.users)
        return shown


@dataclass
class App:
    """Another app that posts here, such as a social tool; `id` is A…, `bot_id` B….

    `user` is its bot user where it has one; what it posts by an incoming webhook has none.
    """

    id: str
    bot_id: str
    name: str
    user: str = ""
    deleted: bool = False

    def as_json(self) -> Json:
        """Return the `bot` of bots.info."""
        shown: Json = {
            "id": self.bot_id,
            "deleted": self.deleted,
            "name": self.name,
            "updated": 1_700_000_000,
            "app_id": self.id,
            "icons": {},
        }
        return shown | {"user_id": self.user} if self.user else shown

    def profile(self, team: str) -> Json:
        """Return the `bot_profile` that a modern post carries (§3)."""
        return {
            "id": self.bot_id,
            "app_id": self.id,
            "name": self.name,
            "icons": {},
            "deleted": self.deleted,
            "updated": 1_700_000_000,
            "team_id": team,
        }
