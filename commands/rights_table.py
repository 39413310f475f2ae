"""Every act that people can do with Kepi, and who may: one table (design §10, reliability row 38).

Pure: nothing here asks anybody. The verbs check (``commands.rights``, and for customer issues
``commands.support.standing``); this table says what they have to check, ``docs/rights.md`` is made
from it (``python -m commands.rights_page``), and ``tests/rights`` does every act as every role.
A press, form or shortcut is named by the constraint it is registered with, words by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple


class Role(Enum):
    """What somebody is to Kepi, or to the thing that they act on."""

    ADMIN = "admin"
    OWNER = "owner"
    MEMBER = "member"
    GUEST = "guest"
    OUTSIDER = "another company"
    PROGRAM = "app or bot"


class Rule(Enum):
    """Who may do an act; the value is how the page says it."""

    CUSTOMER = "whoever was asked"
    READER = "everyone"
    MEMBER = "members"
    MEMBER_THERE = "members who are in that channel"
    TEAM = "those who answer there, and admins"
    OWNER = "its owner, who set it up or asked, and admins"
    ADMIN = "admins"


MAY: Mapping[Rule, frozenset[Role]] = {
    Rule.CUSTOMER: frozenset({Role.ADMIN, Role.OWNER, Role.MEMBER, Role.GUEST, Role.OUTSIDER}),
    Rule.READER: frozenset({Role.ADMIN, Role.OWNER, Role.MEMBER, Role.GUEST, Role.OUTSIDER}),
    Rule.MEMBER: frozenset({Role.ADMIN, Role.OWNER, Role.MEMBER}),
    Rule.MEMBER_THERE: frozenset({Role.ADMIN, Role.OWNER, Role.MEMBER}),
    Rule.TEAM: frozenset({Role.ADMIN, Role.OWNER}),
    Rule.OWNER: frozenset({Role.ADMIN, Role.OWNER}),
    Rule.ADMIN: frozenset({Role.ADMIN}),
}
"""A role beside one of a thing: “owner” also stands for who answers in the channel."""


class Right(NamedTuple):
    """One act, and who may do it."""

    room: str
    kind: str
    """“press”, “form”, “edit” (one opened by an act of owners or admins), “shortcut”, “words”.

    Words are what follows the command; an entry of a menu stands behind the menu's name.
    """
    name: str
    does: str
    rule: Rule

    def allows(self, role: Role) -> bool:
        return role in MAY[self.rule]


def room(name: str, **acts: Mapping[str, tuple[str, Rule]]) -> Iterator[Right]:
    for kind, held in acts.items():
        for act, (does, rule) in held.items():
            yield Right(name, kind, act, does, rule)


MEMBER, OWNER, ADMIN, TEAM, THERE = (
    Rule.MEMBER,
    Rule.OWNER,
    Rule.ADMIN,
    Rule.TEAM,
    Rule.MEMBER_THERE,
)

RIGHTS: tuple[Right, ...] = (
    *room(
        "Answers",
        words={
            "reach": ("Ask for a number, where everyone reads the answer", Rule.READER),
            "private reach": ("Ask for a number alone", MEMBER),
            "help": ("Read the help", Rule.READER),
        },
        press={
            "^ask:": ("Ask what a button says", Rule.READER),
            "ask_form": ("Open the form that asks", MEMBER),
            "how": ("See how a number was worked out", MEMBER),
            "how_details": ("See all details of it", MEMBER),
            "how_data": ("Have its data sent as a file", MEMBER),
            "change": ("Change an answer", OWNER),
            "remove": ("Remove an answer", OWNER),
            "send_chart": ("Have a chart sent", MEMBER),
            "data": ("Have the data sent as a file", MEMBER),
            "post": ("Choose a channel for an answer", MEMBER),
            "^more": ("Do what ⋯ offers", MEMBER),
            "^more remove": ("Remove an answer", OWNER),
        },
        form={
            "change": ("Send off the form that asks", MEMBER),
            "post_to_channel": ("Post an answer to a channel", MEMBER),
        },
    ),
    *room(
        "Home and first steps",
        words={"start": ("See the first steps", MEMBER)},
        press={
            "home_how": ("See how to export numbers", MEMBER),
            "home_example": ("See the sample", MEMBER),
            "home_back": ("Go from the sample to the first steps", MEMBER),
            "home_menu": ("Do what ⋯ offers among the first steps", MEMBER),
            "home_menu settings_form": ("Open the workspace's settings there", ADMIN),
            "digest_new": ("Open the form of a digest from Home", MEMBER),
            "support_choose": ("Choose a channel to set up", MEMBER),
        },
        form={"support_which": ("Go on to that channel's form", THERE)},
    ),
    *room(
        "Accounts and admins",
        words={
            "account": ("List accounts, competitors and brands", MEMBER),
            "admin": ("See who is an admin", MEMBER),
        },
        press={
            "^account_list(?::|$)": ("Turn the pages of the accounts", MEMBER),
            "account_add": ("Open the form of a new account", MEMBER),
            "account_ask": ("Ask about an account", MEMBER),
            "^account_menu:": ("Open what ⋯ offers for an account", MEMBER),
            "^account_back:": ("Bring an account back", MEMBER),
            "admin_form": ("See who is an admin; admins change it", MEMBER),
        },
        form={
            "account_add": ("Add an account", MEMBER),
            "account_change": ("Change an account", MEMBER),
            "account_brand": ("Rename a brand", MEMBER),
            "account_remove": ("Remove an account; to erase its figures: admins", MEMBER),
            "admin_names": ("Say who is an admin", ADMIN),
        },
    ),
    *room(
        "Columns of unknown files",
        words={"column": ("List what was matched", MEMBER)},
        press={
            "columns_match": ("Open the form that matches a file's columns", OWNER),
            "column_list": ("List what was matched", MEMBER),
            "columns_change": ("Open a match", OWNER),
            "columns_remove": ("Forget a match", OWNER),
            "columns_restore": ("Bring a match back", MEMBER),
            "columns_export": ("Have a match as a mapping file", MEMBER),
            "columns_more": ("See the rest of that form", OWNER),
            "columns_grain": ("Say what a row of the file is", OWNER),
            "columns_whose": ("Say whose figures they are", OWNER),
        },
        form={"columns_form": ("Match a file's columns", OWNER)},
    ),
    *room(
        "Settings",
        words={
            "setting": ("Open the workspace's settings", ADMIN),
            "setting here": ("Open a channel's settings", THERE),
            "setting history": ("See who changed what", MEMBER),
            "setting export": ("Have every setting as a file", ADMIN),
        },
        press={
            "settings_form": ("Open the workspace's settings", ADMIN),
            "settings_channel": ("Choose a channel to set", MEMBER),
            "settings_part": ("Open another part of the workspace's settings", ADMIN),
            "settings_history": ("See who changed what", MEMBER),
            "^settings_older:": ("Turn its pages", MEMBER),
            "settings_export": ("Have every setting as a file", ADMIN),
            "settings_undo": ("Take a change of the workspace's settings back", ADMIN),
            "settings_apply": ("Apply a file of settings", ADMIN),
            "settings_take_back": ("Take an applied file back", ADMIN),
            "settings_cancel": ("Put a file of settings aside", ADMIN),
        },
        form={
            "settings_saved": ("Save a channel's settings", THERE),
            "settings_agreed": ("Save them after a warning", THERE),
            "settings_which": ("Go on to a channel's settings", THERE),
        },
        edit={"settings_saved": ("Save the workspace's settings", ADMIN)},
    ),
    *room(
        "What is kept",
        words={
            "privacy": ("See what is kept, why and for how long", Rule.READER),
            "forget @gus": ("See what would be erased of somebody", ADMIN),
        },
        press={"forget_person": ("Erase somebody", ADMIN)},
    ),
    *room(
        "Files",
        press={
            "^file_import": ("Import a dropped file", OWNER),
            "file_cancel": ("Put a dropped file aside", OWNER),
            "^file_account": ("Say whose figures a file has", OWNER),
            "file_undo": ("Take an import back, from its message", OWNER),
        },
    ),
    *room(
        "Digests",
        words={
            "digest": ("List the digests", MEMBER),
            "digest setup": ("Open the form of a digest", MEMBER),
            "digest preview": ("See what a digest would say", MEMBER),
            "digest send": ("Send a digest now", OWNER),
            "digest pause": ("Pause a digest", OWNER),
            "digest resume": ("Let a digest go on", OWNER),
            "digest history": ("See what was sent", MEMBER),
            "digest change": ("Open a digest's form", OWNER),
            "digest remove": ("Ask to remove a digest", OWNER),
        },
        press={
            "digest_setup": ("Open the form of a new digest", MEMBER),
            "digest_setup #": ("Open a digest's form", OWNER),
            "digest_list": ("List the digests", MEMBER),
            "digest_preview": ("See what a digest would say", MEMBER),
            "digest_customers": ("See the waiting customers of a digest", MEMBER),
            "digest_pdf": ("Have a digest as a document", MEMBER),
            "digest_see": ("See Monday's digest before it goes", OWNER),
            "digest_hold": ("Hold it", OWNER),
            "digest_release": ("Let it go after all", OWNER),
            "digest_send_held": ("Send what was held", OWNER),
            "digest_comment": ("Open the comment's form", OWNER),
            "digest_how": ("See how to export what is missing", OWNER),
            "digest_without": ("Send it without", OWNER),
            "digest_again": ("Send it again", OWNER),
            "digest_resume": ("Let a digest go on", OWNER),
            "digest_remove:ask": ("Ask to remove a digest", OWNER),
            "digest_remove:yes": ("Remove it", OWNER),
            "digest_remove:no": ("Keep it", MEMBER),
            "digest_remove:undo": ("Bring it back", OWNER),
            "^(?:digest_row:.*|digest_more)$": ("Do what ⋯ offers for a digest", OWNER),
            "^(?:digest_row:.*|digest_more)$ preview": ("See what it would say", MEMBER),
            "^(?:digest_row:.*|digest_more)$ history": ("See what was sent", MEMBER),
            "^(?:digest_row:.*|digest_more)$ again": ("Have a digest sent to oneself", MEMBER),
            "digest_step:take": ("Take a next step on", MEMBER),
            "digest_step:not": ("Decline a next step", MEMBER),
            "digest_step:back": ("Give a step back", OWNER),
        },
        form={
            "digest_form": ("Save a new digest", MEMBER),
            "digest_shared_form": ("Say yes to a digest in a shared channel", MEMBER),
        },
        edit={
            "digest_form": ("Change a digest", OWNER),
            "digest_comment_form": ("Write a comment into a digest", OWNER),
        },
    ),
    *room(
        "Goals",
        words={
            "goal": ("List the goals", MEMBER),
            "goal new": ("Open the form of a goal", MEMBER),
            "goal instagram likes up 20 % next quarter": ("Say a goal", MEMBER),
        },
        press={
            "^goal_open:": ("Look at a goal", MEMBER),
            "^goal_page:": ("Turn the pages of the goals", MEMBER),
            "goal_new": ("Open the form of a goal", MEMBER),
            "goal_set": ("Set a goal that was said", MEMBER),
            "goal_fill": ("Open the form with what was said", MEMBER),
            "^goal_edit:": ("Open a goal's form", OWNER),
            "^goal_drop:": ("Drop a goal", OWNER),
            "^goal_undo:": ("Bring a goal back", OWNER),
        },
        form={
            "goal_form": ("Fill in a new goal", MEMBER),
            "goal_confirm": ("Set a goal that was confirmed", MEMBER),
        },
        edit={
            "goal_form": ("Fill in a goal that is there", OWNER),
            "goal_confirm": ("Change a goal", OWNER),
        },
    ),
    *room(
        "Alerts",
        words={
            "alert": ("List the rules", MEMBER),
            "alert new": ("Open the form of a rule", MEMBER),
            "alert likes above 500": ("Say a rule", MEMBER),
        },
        press={
            "alert_take": ("Take an alert on", MEMBER),
            "alert_leave": ("Give an alert back", MEMBER),
            "alert_menu": ("Do what ⋯ offers for an alert", MEMBER),
            "alert_menu fewer": ("Have fewer alerts by a rule", OWNER),
            "alert_menu mute": ("Mute a rule", OWNER),
            "alert_menu unmute": ("Let it speak again", OWNER),
            "alert_snooze": ("Open the form that lets an alert rest", MEMBER),
            "alert_wake": ("End an alert's rest", MEMBER),
            "alert_unmute": ("Let a muted rule speak again", OWNER),
            "alert_more": ("Set a rule back to what it was", OWNER),
            "alert_open": ("Open the form of a rule", MEMBER),
            "alert_set": ("Save a rule that was said", MEMBER),
            "alert_again": ("Go back to a rule's form", MEMBER),
            "alert_tune": ("Try a rule with fewer or more alerts", MEMBER),
            "alert_list": ("List the rules", MEMBER),
            "alert_next": ("Turn the pages of the rules", MEMBER),
            "^alert_defaults": ("Turn the usual rules on", MEMBER),
            "alert_rule_menu": ("Open what ⋯ offers for a rule", OWNER),
            "alert_restore": ("Bring a rule back", OWNER),
        },
        form={
            "alert_rule": ("Try a rule out", MEMBER),
            "alert_tried": ("Save a new rule", MEMBER),
            "alert_assign": ("Give an alert to somebody", MEMBER),
            "alert_snooze_form": ("Let an alert rest", MEMBER),
        },
        edit={
            "alert_rule": ("Try a rule that is there", OWNER),
            "alert_tried": ("Change a rule", OWNER),
        },
    ),
    *room(
        "Data and health",
        words={
            "data": ("See what data there are", MEMBER),
            "status": ("Ask how Kepi is", MEMBER),
            "status ops off": ("Choose the ops channel", ADMIN),
            "language": ("Ask which languages are spoken", MEMBER),
            "language svenska": ("Choose a channel's language", MEMBER),
            "language default svenska": ("Choose everybody's language", ADMIN),
        },
        press={
            "^data_accept:": ("Accept what an audit found", MEMBER),
            "^data_undo:": ("Question it again", MEMBER),
            "data_refresh": ("Look again", MEMBER),
            "data_show": ("See what data there are", MEMBER),
            "status_again": ("Send again what failed", ADMIN),
            "status_forget": ("Send it no more", ADMIN),
        },
    ),
    *room(
        "The team's own figures",
        words={
            "own": ("List the team's own KPIs", MEMBER),
            "own new “Backlinks” level": ("Declare a KPI", MEMBER),
            "audience": ("See the audience that is aimed at", MEMBER),
            "audience country SE": ("Choose it", MEMBER),
            "value": ("List declared values", MEMBER),
            "rate": ("List rates", MEMBER),
            "benchmark": ("List benchmarks", MEMBER),
            "test": ("List the tests", MEMBER),
            "test new": ("Open the form of a test", MEMBER),
            "action": ("See what was tried", MEMBER),
            "label": ("See how far labelling is", MEMBER),
            "label languages en": ("Choose the languages of mentions", MEMBER),
        },
        press={
            "own_remove": ("Remove a KPI", MEMBER),
            "own_restore": ("Bring it back", MEMBER),
            "own_take": ("Take a value back", MEMBER),
            "declare_undo": ("Take a declared figure back", MEMBER),
            "declare_again": ("Declare it again", MEMBER),
            "^declare_page:": ("Turn the pages of declared figures", MEMBER),
            "^declare_remove:": ("Remove a declared figure", MEMBER),
            "^test_open:": ("Look at a test", MEMBER),
            "^test_page:": ("Turn the pages of the tests", MEMBER),
            "test_new": ("Open the form of a test", MEMBER),
            "^test_end:": ("End a test", OWNER),
            "^test_undo:": ("Let a test go on", OWNER),
            "^test_forget:": ("Forget a test", OWNER),
            "^labels_mark:": ("Label a mention", MEMBER),
            "labels_show": ("See mentions to look over", MEMBER),
            "labels_fix": ("Correct labels", MEMBER),
        },
        form={"test_form": ("Begin a test", MEMBER)},
    ),
    *room(
        "Notes on dates",
        words={
            "note": ("List the notes", MEMBER),
            "notes": ("List the notes", MEMBER),
            "note 12 nov Black Week": ("Write a note", MEMBER),
        },
        press={
            "note_new": ("Open the form of a note", MEMBER),
            "note_list": ("List the notes", MEMBER),
            "^note_page:": ("Turn the pages of the notes", MEMBER),
            "note_undo": ("Take a note back", OWNER),
            "note_restore": ("Bring a note back", OWNER),
            "note_menu": ("Open or remove a note", OWNER),
        },
        form={"note_form": ("Write a note", MEMBER)},
        edit={"note_form": ("Change a note", OWNER)},
    ),
    *room(
        "Customer issues",
        words={
            "support": ("See who waits", MEMBER),
            "support 1": ("See an issue", MEMBER),
            "support explain 1": ("See how its times were worked out", MEMBER),
            "support help": ("Read the help", MEMBER),
            "support status": ("See what is tracked", MEMBER),
            "support new": ("Open the form of an issue", TEAM),
            "support claim 1": ("Look after an issue", TEAM),
            "support assign 1 @omar": ("Give it to somebody", TEAM),
            "support wait 1": ("Wait for the customer", TEAM),
            "support unwait 1": ("Wait no more", TEAM),
            "support replied 1": ("Say it was answered elsewhere", TEAM),
            "support snooze 1 2h": ("Have no reminders for a while", TEAM),
            "support priority 1 high": ("Choose how urgent it is", TEAM),
            "support resolve 1": ("Solve an issue", TEAM),
            "support undo 1": ("Take the last step back", TEAM),
            "support reopen 1": ("Open it again", TEAM),
            "support merge 1 2": ("Make two issues one", TEAM),
            "support unmerge 1": ("Make them two again", TEAM),
            "support dismiss 1": ("Put aside what is no issue", TEAM),
            "support restore 1": ("Bring it back", TEAM),
            "support csat 1 5": ("Note how content the customer was", TEAM),
            "support relays": ("List what Kepi reads of programs' posts", MEMBER),
            "support hours": ("See the open hours", MEMBER),
            "support targets": ("See the targets", MEMBER),
            "support setup": ("Open the form of a channel", THERE),
            "support holidays sweden": ("Open the form of holidays", ADMIN),
            "support people on": ("Turn figures by person on", ADMIN),
            "support ratings on": ("Turn customers' ratings on", ADMIN),
        },
        shortcut={
            "support_show": ("See a message's issue", MEMBER),
            "support_track": ("Open the form that tracks a message", TEAM),
            "support_separate": ("Track a message as an issue of its own", TEAM),
            "support_replied": ("Say it was answered elsewhere", TEAM),
            "support_attach": ("Open the form that adds a message to an issue", TEAM),
            "support_relay": ("Open the form that teaches a program's posts", THERE),
        },
        press={
            "^support_show:": ("See an issue", MEMBER),
            "^support_page:": ("Turn the pages of the issues", MEMBER),
            "support_help": ("Read the help", MEMBER),
            "support_explain": ("See how its times were worked out", MEMBER),
            "support_explain_turn": ("Turn its pages", MEMBER),
            "support_explain_turn_back": ("Turn them back", MEMBER),
            "support_new": ("Open the form of an issue", TEAM),
            "^support_act:": ("Do something with an issue", TEAM),
            "^support_menu:": ("Choose what to do with an issue", TEAM),
            "^support_menu: explain": ("See how its times were worked out", MEMBER),
            "^support_count:": ("Count what was found to be an issue", TEAM),
            "^line:": ("Press what stands under a solved issue", TEAM),
            "notice_claim": ("Look after an issue, from a reminder", TEAM),
            "notice_wait": ("Wait for the customer, from a reminder", TEAM),
            "morning_off": ("Have no list in the morning", TEAM),
            "morning_on": ("Have it again", TEAM),
            "^csat:": ("Say how the help was", Rule.CUSTOMER),
            "support_setup": ("Open the form of a channel", THERE),
            "support_setup_more": ("See the rest of that form", THERE),
            "support_setup_copy": ("Copy from another channel", THERE),
            "support_setup_back": ("Go back to that form", THERE),
            "support_just_answer": ("Have Kepi just answer in a channel", MEMBER),
            "support_relay_apply": ("Read older posts as well", THERE),
            "support_relay_remove": ("Forget a program's posts", THERE),
            "support_hours": ("See the open hours; admins change them", MEMBER),
            "support_holidays": ("Open the form of holidays", ADMIN),
            "^support_target:": ("Open the form of a target", ADMIN),
            "support_target_propose": ("Have a target proposed", ADMIN),
        },
        form={
            "support_new_form": ("Open an issue", TEAM),
            "support_choose": ("Do what was chosen with an issue", TEAM),
            "support_track_form": ("Track a message", TEAM),
            "support_attach_form": ("Add a message to an issue", TEAM),
            "support_relay_form": ("Teach a program's posts", THERE),
            "support_setup": ("Try a channel's set-up out", THERE),
            "support_setup_use": ("Set a channel up", THERE),
            "support_hours_form": ("Save open hours", ADMIN),
            "support_holidays_form": ("Save holidays", ADMIN),
            "support_target_form": ("Save a target", ADMIN),
        },
    ),
)
