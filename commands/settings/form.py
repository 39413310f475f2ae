"""The forms of settings: one field a declaration, filled in with what holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from commands import forms
from commands.blocks import Block, View_, actions, button, context, escape, form, section
from commands.saying import say
from commands.settings import wording
from commands.settings.memory import Memory, settings_on

if TYPE_CHECKING:
    from storage.setting import Setting

FORM, CONFIRM = "settings_saved", "settings_agreed"
PART, HISTORY, EXPORT = "settings_part", "settings_history", "settings_export"
AS_USUAL = "as-usual"
"""The option of a channel's field that is the workspace's choice."""


class Names(NamedTuple):
    """How this installation is called upon."""

    command: str
    support: str


def compose_workspace(
    words: Mapping[str, Any], memory: Memory, names: Names, said: Sequence[str] = ()
) -> View_:
    """Return a page of the workspace's form; ``said`` are lines to stand above it."""
    is_first = not memory.page
    head = say(wording.HEAD, command=names.command) if is_first else say(wording.KEPT_HEAD)
    blocks = [*map(line, said), context([escape(head)])]
    for key, setting in settings_on(memory.page, of_channel=False).items():
        blocks.append(workspace_field(setting, str(words.get(key) or ""), memory.edition))
    if is_first:
        row = [
            button(say(wording.PART), PART),
            button(say(wording.SHOW_HISTORY), HISTORY),
            button(say(wording.EXPORT), EXPORT),
        ]
        blocks.append(actions(row))
    title = say(wording.FORM) if is_first else say(wording.KEPT_FORM)
    return finish(title, blocks, memory)


def finish(title: str, blocks: Sequence[Block], memory: Memory) -> View_:
    return form(
        title,
        blocks,
        callback_id=FORM,
        submit=say("Save"),
        close=say("Cancel"),
        memory=memory.pack(),
    )


def line(words: str) -> Block:
    return section(escape(words))


def workspace_field(setting: Setting, words: str, edition: int) -> Block:
    """Return the field of a workspace's setting."""
    from kpis.tongue import say_declared

    title, does = say_declared(setting.title), say_declared(setting.does)
    usual = setting.write(setting.default)
    if setting.key == "ops-channel":
        channel = "" if words == usual else words
        return forms.conversation(title, setting.key, channel, edition, hint=does)
    if setting.choices:
        options = [
            (
                key,
                say(wording.USUAL, name=say_declared(name)) if key == usual else say_declared(name),
            )
            for key, name in setting.choices
        ]
        return forms.choice(title, setting.key, options, words, edition, hint=does)
    hint = say(wording.EMPTY_IS_USUAL, does=does, usual=usual)
    most = 2500 if setting.key == "audience" else 60
    shown = "" if words == usual and words == "none" else words
    return forms.line(
        title, setting.key, shown, edition, example=setting.example, most=most, hint=hint
    )


class Around(NamedTuple):
    """What the form of a channel tells beside its fields."""

    name: str
    everywhere: Mapping[str, str]
    """Words of the workspace by key."""
    digests: Sequence[str]
    """Each in a few words."""
    is_tracked: bool


def compose_channel(
    words: Mapping[str, str | None],
    around: Around,
    memory: Memory,
    names: Names,
    said: Sequence[str] = (),
) -> View_:
    """Return a channel's form: what is the workspace's, and what is an exception."""
    name, own = f"#{around.name}", [it for it in words.values() if it is not None]
    head = say("Settings of {channel}. All are as the workspace.", channel=name)
    if own:
        head = say(
            "Settings of {channel}. {count} of its own; all else is as the workspace.",
            channel=name,
            count=len(own),
        )
    blocks = [*map(line, said), section(escape(head))]
    blocks += [
        channel_field(it, words.get(key), around.everywhere[key], memory.edition)
        for key, it in settings_on("", of_channel=True).items()
    ]
    blocks.append(context([escape(it) for it in say_neighbours(around, names)]))
    blocks.append(actions([button(say(wording.SHOW_HISTORY), HISTORY, memory.channel)]))
    return finish(say(wording.CHANNEL_FORM), blocks, memory)


def channel_field(setting: Setting, own: str | None, everywhere: str, edition: int) -> Block:
    """Return the field of a channel: as the workspace, or one of its own."""
    from kpis.tongue import say_declared

    named = {key: say_declared(name) for key, name in setting.choices}
    usual = named.get(everywhere, everywhere)
    as_usual = say(wording.AS_USUAL, name=usual)
    if setting.is_of_workspace:
        as_usual = say(wording.AS_WORKSPACE, name=usual)
    options = [(AS_USUAL, as_usual), *named.items()]
    chosen = AS_USUAL if own is None else own
    hint = say_declared(setting.does)
    return forms.choice(
        say_declared(setting.title), setting.key, options, chosen, edition, hint=hint
    )


def say_neighbours(around: Around, names: Names) -> list[str]:
    """Return where the rest of a channel is set up."""
    if around.digests:
        told = "; ".join(around.digests[:4])
        digest = say(wording.DIGEST_LINE, digest=told, command=names.command)
    else:
        digest = say(wording.NO_DIGEST, command=names.command)
    if around.is_tracked:
        return [digest, say(wording.TRACKED, support=names.support)]
    return [digest, say(wording.NOT_TRACKED, support=names.support)]


def compose_confirm(lines: Sequence[str], memory: Memory) -> View_:
    """Return what is asked before what was counted is counted anew."""
    return form(
        say(wording.CONFIRM_FORM),
        [section("\n".join(escape(it) for it in lines))],
        callback_id=CONFIRM,
        submit=say(wording.CHANGE_IT),
        close=say("Back"),
        memory=memory.pack(),
    )
