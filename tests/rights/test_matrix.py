"""Every act that people can do, as every role: done or refused as the table says (row 38)."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bot.playground.deliveries import Delivery
from commands import everything
from commands.first_words import ROOMS
from commands.rights_table import MAY, RIGHTS, Right, Role, Rule
from commands.support.grammar import Verb
from tests.rights.crafting import deliver, press, sample_of, shortcut, submission
from tests.rights.crawl import Crawler, words_of
from tests.rights.scene import open_scene, play

KINDS = {"action": "press", "view": "form", "shortcut": "shortcut"}
CATCH_ALL = {".*", "^/"}
NOT_FOUND_OUT = {"": "nobody", "U0NOBODY000": "hidden by Slack"}
"""Whom Kepi cannot know: they may what guests may."""


ONLY_MADE_UP = frozenset(
    {"columns_change", "columns_remove", "settings_agreed", "settings_undo", "^file_account"}
    | {"digest_shared_form", "support_explain_turn", "support_explain_turn_back"}
    | {"support_relay_form", "^settings_older:", "settings_take_back"}
)
"""Acts that are never offered in the scene, and whose value says of what they are."""


class Recorder:
    """An app that only writes down what is registered with it."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, str]] = set()

    def __getattr__(self, kind: str) -> Any:
        def register(constraint: Any = None, *_: Any, **__: Any) -> Any:
            name = getattr(constraint, "pattern", constraint)
            self.seen.add((kind, str(name)))
            return lambda handler: handler

        return register


def registered() -> set[tuple[str, str]]:
    """Return every (kind, constraint) that people's acts are listened to by."""
    app = Recorder()
    home = SimpleNamespace(command="/kpi", support_command="/support")
    everything.register(app, SimpleNamespace(home=home))  # type: ignore[arg-type]
    return {
        (KINDS[kind], name) for kind, name in app.seen if kind in KINDS and name not in CATCH_ALL
    }


def test_the_table_names_every_act_and_no_other() -> None:
    """Whoever adds a button, a form or a word says in the table who may."""
    listened = registered()
    named = {("form" if it.kind == "edit" else it.kind, it.name.partition(" ")[0]) for it in RIGHTS}
    assert listened - named == set()
    assert {it for it in named if it[0] != "words"} - listened == set()
    words = [it.name for it in RIGHTS if it.kind == "words"]
    assert {*ROOMS, "support"} - {it.partition(" ")[0] for it in words} == set()
    verbs = {it.split()[1] for it in words if it.startswith("support ")}
    assert {str(it) for it in Verb} - {"list", "show"} - verbs == set()
    assert len({(it.kind, it.name) for it in RIGHTS}) == len(RIGHTS), "an act has two rows"


def test_guests_outsiders_and_programs_may_nothing_but_read_and_rate() -> None:
    """Design §10; whoever owns a thing may what members may, and admins everything."""
    for rule, may in MAY.items():
        few = {Role.GUEST, Role.OUTSIDER, Role.PROGRAM}
        assert bool(may & few) == (rule in (Rule.READER, Rule.CUSTOMER))
        assert Role.ADMIN in may
        assert not (Role.MEMBER in may and Role.OWNER not in may)


async def test_every_act_as_every_role(tmp_path: Path) -> None:
    """Refused: told, written down with who and by which rule, and no table is another."""
    async with open_scene(tmp_path) as crawler:
        await play(crawler)
        found = {it[:2] for it in crawler.done}
        rest = [it for it in RIGHTS if it.kind != "words" and (it.kind, it.name) not in found]
        for right in rest:
            if right.kind != "edit":
                await refuse_crafted(crawler, right)
        for right in RIGHTS:
            if right.kind == "words":
                await allow(crawler, right)
        assert not crawler.wrong, "\n".join(crawler.wrong)
        assert len(found) > 90, "the crawler finds less than it did"


async def refuse_crafted(crawler: Crawler, right: Right) -> None:
    """Do an act that the crawler was not offered, with a value made by hand: nothing changes.

    Who may not is told so, unless what they name is not there: that nobody may.
    """
    for role, user in [*crawler.roles.items(), *((None, it) for it in NOT_FOUND_OUT)]:
        if may(right, role):
            continue
        before = crawler.tables.read()
        crawler.refusals.told.clear()
        await deliver(crawler.town, made_by_hand(crawler, right, user))
        after = crawler.tables.read()
        changed = sorted(it for it in after if after[it] != before.get(it))
        refused = [rule for who, rule in crawler.refusals.told if who == user]
        if changed or not (refused or user == "" or right.name in ONLY_MADE_UP):
            who = role.value if role else NOT_FOUND_OUT[user]
            told = f"refused {refused}, changed {changed}"
            crawler.wrong.append(f"{right.kind} {right.name} as {who}: {told}")


def made_by_hand(crawler: Crawler, right: Right, user: str) -> Delivery:
    town, name = crawler.town, sample_of(right.name.partition(" ")[0])
    if right.kind == "press":
        return press(town, user, name, crawler.crafted.get(right.name, "1"))
    if right.kind == "form":
        return submission(town, user, name)
    return shortcut(town, user, name)


async def allow(crawler: Crawler, right: Right) -> None:
    """Type words as those who may: nobody is told that they may not."""
    for role, user in crawler.roles.items():
        if right.allows(role):
            crawler.refusals.told.clear()
            await deliver(crawler.town, words_of(crawler.town, right, user))
            if crawler.refusals.told:
                told = crawler.refusals.told
                crawler.wrong.append(f"{right.name} as {role.value}: {told}, though they may")


def may(right: Right, role: Role | None) -> bool:
    """Say whether an act is theirs, or cannot be told apart from reading."""
    is_reading = right.rule in (Rule.READER, Rule.CUSTOMER)
    return is_reading if role in (None, Role.PROGRAM) else right.allows(role)
