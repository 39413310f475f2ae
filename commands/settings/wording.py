"""What is said about settings; every sentence goes through ``say`` where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.saying import say

if TYPE_CHECKING:
    from storage.setting import Setting

FORM, CHANNEL_FORM, WHICH_FORM = "Settings", "Channel settings", "Which channel?"
CONFIRM_FORM, KEPT_FORM = "Before it is saved", "What is kept"
GUESTS = "Guests can’t see or change settings. A member of the workspace can."
ADMINS = "An admin changes the settings of the workspace. Yours to see: {command} settings here"
HOW = (
    "I don’t know “{words}” here. Say {command} settings, {command} settings here, "
    "{command} settings history or {command} settings export."
)
IN_CHANNEL = "Say it in a channel, or choose one: {command} settings"
USUAL = "{name} (as usual)"
AS_WORKSPACE, AS_USUAL = "As the workspace: {name}", "As usual: {name}"
EMPTY_IS_USUAL = "{does} Empty: {usual}."
DIGEST_LINE = "Digest: {digest}. Change it: {command} digest"
NO_DIGEST = "No digest comes here. Set one up: {command} digest setup"
TRACKED = "Customer issues are tracked here. Change it: {support} setup"
NOT_TRACKED = "No customer issues are tracked here. Set it up: {support} setup"
HEAD = "These hold for the whole workspace. A channel's own: {command} settings here"
KEPT_HEAD = "How long is kept what is about people, and the nightly copy."
CONFIRM_ZONE = "The time zone goes from {before} to {after}. {posts} posts are in this workspace."
CONFIRM_CURRENCY = "The currency goes from {before} to {after}."
FIGURES_CHANGE = "Figures of past days change with it; what was posted stays as it was posted."
ERASED = (
    "{title}: {before} → {after}. What is older goes in the coming night and does not come back."
)
BEGINS_ONE = "Customer issues are tracked in {number} more channel from now on."
BEGINS = "Customer issues are tracked in {number} more channels from now on."
ENDS_ONE = "In {number} channel no issue opens any more; those that are open stay."
ENDS = "In {number} channels no issue opens any more; those that are open stay."
FROM_NOW_ON = "Set-ups of channels hold from now on; what was decided before stays as it was."
NEW_TARGETS = "New targets hold for issues that open from now on; older ones keep theirs."
NEW_HOURS = "New open hours hold from today on; days before keep the hours that they had."
FOLLOWS = "What follows"
CHANGE_IT = "Change it"
SAME = "Nothing was changed."
FROM_TO = "{title}: {before} → {after}"
SAVED = "Saved. {changes}."
SAVED_FOR = "Saved for {channel}. {changes}."
UNDONE = "As it was before. {changes}."
NO_LONGER = "{name} changed “{what}” at {when}, so it is left as it is: {command} settings history"
NO_LONGER_ONCE = "“{what}” was changed since, so it is left as it is: {command} settings history"
NOTHING_TO_UNDO = (
    "There is nothing to undo any more: it was done, or it is longer ago than 30 days."
)
SLOW = "Slack took too long to answer. Save again."
REPLACED = (
    "{name} changed “{what}” to {now} at {when}, while this was open. "
    "Save again to have yours instead."
)
TOO_LONG = "That is too long to be saved at once. Save the other fields first."
CHANNEL_LABEL = "Channel"
NEW_CHANNELS = "New channels"
YOURS_ALONE = "for you alone"
NO_HISTORY = "No setting was changed yet."
HISTORY = "Changes of settings, newest first"
HISTORY_HERE = "Changes of the settings of {channel}, newest first"
OLDER, NEWER = "Older", "Newer"
EXPORTED = "The settings are in our direct message, as a file. Change it, and drop it there."
NOT_SENT = "Slack did not take the file. Try again in a minute."
BAD_FILE = "Nothing was applied. {count} things are wrong in {name}:"
BAD_ONE = "Nothing was applied. One thing is wrong in {name}:"
MORE_PROBLEMS = "{count} more."
NO_DIFFERENCE = "{name} says what holds already: nothing would change."
DIFFERENCE = "{name} would change {count} things:"
DIFFERENCE_ONE = "{name} would change one thing:"
APPLY = "Apply"
APPLIED = "Applied {name}: {count} changed. {command} settings history tells each."
TAKEN_BACK = "As it was before the file:"
NOT_APPLIED = "Not applied."
MOVED_ON = "Settings changed since I showed you this. Drop the file again."
UNDO, SHOW_HISTORY, EXPORT, PART = "Undo", "History", "Export", "What is kept"
SOMEBODY, COMMAND_LINE = "Somebody", "The command line"


def say_words(setting: Setting, words: str | None) -> str:
    """Return words of a setting as people read them; nothing: a channel is as its workspace."""
    from kpis.titles import say_written

    if words is None:
        return say("as the workspace")
    return say_written(setting.say(setting.read(words)))
