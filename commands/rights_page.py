"""The page of rights, made from the table: ``python -m commands.rights_page > docs/rights.md``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from commands.rights_table import RIGHTS, Right, Role

HEAD = """\
# Who may do what

Made by `python -m commands.rights_page` from the table in `commands/rights_table.py`; a test does
every act below as everybody, over sockets, and sees that nothing changed where it was refused.

- An **admin** is an admin or owner of the Slack workspace, whoever installed Kepi, or somebody whom
  an admin named (`/kpi admins`). Who is removed, becomes a guest or leaves loses it at once.
- The **owner** of a thing looks after it, set it up, or asked for it; of customer issues it is
  those who answer in the channel. Where nobody is known to answer yet, every member may.
- A **member** is a full member of the workspace.
- **Guests** and people of **another company** (Slack Connect) read what everyone reads in a channel
  and may rate how they were helped. They ask nothing private and change nothing.
- **Apps and bots** are never heard as people. Whom Slack hides from Kepi counts as a guest.

Every refusal is told to the one it concerns alone, changes nothing, and is written to the log with
who and by which rule, without their words.

Who installed Kepi is known where it was installed over OAuth (`SLACK_CLIENT_ID`): Slack says so
then. With a token in `SLACK_BOT_TOKEN` Slack says of nobody, so the first admins are Slack's own
admins and owners, and those name others.

Forms are checked again when they are sent off: who became a guest while one was open is refused.
What is said in a private channel stays with its members, whatever they may otherwise do.

| mark | means |
| --- | --- |
| ● | may |
| – | is refused |
"""
KINDS = {
    "words": "type `/kpi {name}`",
    "press": "button `{name}`",
    "form": "form `{name}`",
    "edit": "form `{name}` of what is there",
    "shortcut": "message menu `{name}`",
}


def print_page() -> str:
    lines = [HEAD]
    for title, rights in groupby(RIGHTS, key=lambda it: it.room):
        roles = " | ".join(it.value for it in Role)
        lines += [f"## {title}", "", f"| what | how | who | {roles} |"]
        lines.append(f"| --- | --- | --- |{' :-: |' * len(Role)}")
        lines += [*rows_of(rights), ""]
    return "\n".join(lines)


def rows_of(rights: Iterator[Right]) -> Iterator[str]:
    for it in rights:
        how = KINDS[it.kind].format(name=it.name.strip("^").replace("|", "\\|"))
        if it.name.startswith("support") and it.kind == "words":
            how = f"type `/{it.name}`"
        marks = " | ".join("●" if it.allows(role) else "–" for role in Role)
        yield f"| {it.does} | {how} | {it.rule.value} | {marks} |"


if __name__ == "__main__":
    print(print_page(), end="")
