"""What the forms of accounts say, or what is wrong at which field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from commands.accounts.forms import OURS, THEIRS
from commands.accounts.handles import read_handles
from commands.accounts.names import read_name
from commands.saying import say
from storage.errors import KepiError
from storage.platforms import PLATFORMS

if TYPE_CHECKING:
    from storage.account_changes import Wanted

Errors = dict[str, str]
NO_PLATFORM = "Choose a platform."
NO_BRAND = "Choose whose it is."
NO_NAME = "Say what the new brand is called."
NOT_NEW = "Choose “A new brand” above, or leave this empty."
ONE_NAME = "One name for several accounts tells nobody which is which. Leave it empty."
ONE_HANDLE = "One handle: an account is one. Add others by themselves."


class Unfit(Exception):
    """What is wrong, by field: for the form alone."""

    def __init__(self, errors: Errors) -> None:
        super().__init__(str(errors))
        self.errors = errors


def read_new(filled: Mapping[str, Any]) -> list[Wanted]:
    """Return the accounts that a form adds; raises ``Unfit``."""
    platform = str(filled.get("platform") or "")
    if platform not in PLATFORMS:
        raise Unfit({"platform": say(NO_PLATFORM)})
    return read_accounts(filled, platform)


def read_change(filled: Mapping[str, Any], platform: str) -> Wanted:
    """Return an account of ``platform`` as a form changes it; raises ``Unfit``."""
    wanted = read_accounts(filled, platform)
    if len(wanted) > 1:
        raise Unfit({"handles": say(ONE_HANDLE)})
    return wanted[0]


def read_accounts(filled: Mapping[str, Any], platform: str) -> list[Wanted]:
    from storage.account_changes import Wanted

    errors: Errors = {}
    handles = attempt(errors, "handles", read_handles, words_of(filled, "handles"), platform) or []
    name = attempt(errors, "name", read_name, words_of(filled, "name")) or ""
    if name and len(handles) > 1:
        errors["name"] = say(ONE_NAME)
    zone = attempt(errors, "zone", read_zone, words_of(filled, "zone"))
    brand, brand_name, own = read_brand(filled, errors, name)
    if errors:
        raise Unfit(errors)
    return [Wanted(platform, it, name, brand, brand_name, own, zone) for it in handles]


def read_brand(filled: Mapping[str, Any], errors: Errors, name: str) -> tuple[int, str, bool]:
    """Return the id of a brand that there is, or 0 with the name and side of a new one."""
    chosen, typed = words_of(filled, "brand"), words_of(filled, "brand_name")
    title = attempt(errors, "brand_name", read_name, typed) or ""
    if chosen in (OURS, THEIRS):
        if not (title or name):
            errors.setdefault("brand_name", say(NO_NAME))
        return 0, title or name, chosen == OURS
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) <= 9):
        errors["brand"] = say(NO_BRAND)
    elif title:
        errors["brand_name"] = say(NOT_NEW)
    return (0 if "brand" in errors else int(chosen)), "", True


def read_side(filled: Mapping[str, Any]) -> tuple[str, bool]:
    """Return what a brand is called and whether it is our own; raises ``Unfit``."""
    errors: Errors = {}
    title = attempt(errors, "brand_name", read_name, words_of(filled, "brand_name"))
    side = words_of(filled, "side")
    if not title:
        errors.setdefault("brand_name", say("A brand needs a name."))
    if side not in (OURS, THEIRS):
        errors["side"] = say(NO_BRAND)
    if errors or title is None:
        raise Unfit(errors)
    return title, side == OURS


def read_zone(words: str) -> str | None:
    from storage.accounts import read_account_zone

    return read_account_zone(words)["zone"] if words.strip() else None


def words_of(filled: Mapping[str, Any], name: str) -> str:
    found = filled.get(name)
    return found if isinstance(found, str) else ""


def attempt(errors: Errors, name: str, read: Callable[..., Any], *given: Any) -> Any:
    """Return what ``read`` makes of a field, or note at the field why it cannot."""
    try:
        return read(*given)
    except KepiError as trouble:
        errors[name] = str(trouble)
        return None
