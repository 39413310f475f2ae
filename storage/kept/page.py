"""docs/kept.md, made from the register: ``python -m storage.kept.page``, or ``kepi kept``."""

from __future__ import annotations

from storage.kept.register import ROOMS
from storage.kept.shapes import Kept
from storage.settings_kept import KEPT

HEAD = """# What is kept

Made from the tables by `python -m storage.kept.page`; a test compares, and fails for a table that
is not told of here. In Slack: `/kpi privacy` shows the short form to anybody, guests too, and how
much is kept of whoever asks.

Kepi keeps numbers, and of people as little as the numbers need. Of a message in a tracked channel
it keeps who wrote it, when, and what was decided about it (“a question”, “a thank you”), never
the words. Tokens are sealed. Logs hold ids and durations, no words.

## For how long

Settings of the workspace; `/kpi settings`, or `python -m bot set KEY=VALUE`. Done daily, some
thousand rows a day; the counts of every KPI stay as they were.

| Setting | What | Usually |
| --- | --- | --- |
"""
FORGETTING = """
## Forgetting somebody

`/kpi forget @person`, `/kpi forget x/lena_k` (a handle), `/kpi forget customer c-8841` (a shop's
id), for admins; or `python -m bot forget WHO`. Kepi says first how much of them there is, then
asks. Then, in short transactions beside everything else:

- Ids and handles become a **pseudonym** (`gone-` and twelve digits), the same in every row, so
  that people, customers and repeat purchases are counted as before and every time of an issue
  comes out as before. Its key is random and is erased with the last row: nobody can tell later
  whose it was.
- Words go: of their mentions, of their issues, titles that somebody gave, addresses that lead to
  them. Where others named them in a comment or a goal, the name is replaced.
- What they looked after (digests, goals, alerts) goes to the admin who forgot them; who was to
  answer in a channel leaves its lists. What waits to be sent to them is not sent.
- The file is written anew without the erased bytes (SQLite; above 64 MB freed pages are
  overwritten instead), and its log is emptied. PostgreSQL's `VACUUM` frees the room, which new
  rows overwrite; its copies and archives are its operator's.

A stop half-way loses nothing: it goes on at the next start, or within a day.

What it does not do:

- Messages in Slack are Slack's, also those that Kepi posted. They are deleted there.
- A short handle or one that is a word of its own (“coffee”) is found where handles stand, not in
  other people's words; a first name alone is found where Kepi itself wrote it.
- The number that a platform or a shop gave to a post or an order stays unless the person's id is
  in it: the next export would count it twice. A file that names the person again brings them back.
- Whoever writes again afterwards is somebody new.
- Copies of the database from before still hold them; they are listed. With the setting
  `forget-copies` a new copy is made and older ones are deleted, where the file is of one workspace
  alone. A restore forgets again whoever was forgotten meanwhile, before anything is served: salted
  hashes of their ids are kept for 400 days for that (docs/decisions/0014-forgetting.md).

## When Kepi is removed

Tokens go at once, and so do all people: every id becomes a pseudonym, words, dropped files,
admins and hints are erased; what people wrote into goals and notes goes with the rest. The
numbers stay for `keep-after-uninstall` days, so that a new installation finds them; then every
row of the workspace is deleted. Other workspaces in the same database are not touched. Beside an
SQLite file a salted hash says for 400 days that it was erased: no older copy brings it back.
While that file cannot be read or written, no row is deleted, and the ops channel is told daily (the
log alone, where one Kepi serves many workspaces).

## Table by table

“Plain”: it tells of no people.
"""


def print_page() -> str:
    """Return docs/kept.md."""
    lines = [HEAD.rstrip("\n")]
    lines += [f"| `{it.key}` | {it.title}. {it.does} | {it.write(it.default)} |" for it in KEPT]
    lines.append(FORGETTING.rstrip("\n"))
    for title, room in ROOMS.items():
        lines += ["", f"### {title}", "", "| Table | What, and why | How long | Who sees it |"]
        lines += ["| --- | --- | --- | --- |", *(say_table(it) for it in room)]
    lines += ["", "## Where people stand, and what forgetting does", ""]
    lines += ["| Table | Columns | What happens |", "| --- | --- | --- |"]
    lines += [say_places(it) for room in ROOMS.values() for it in room if it.is_personal]
    return "\n".join(lines) + "\n"


def say_table(kept: Kept) -> str:
    """Return a table's line: what, why, how long, who sees it."""
    if not kept.is_personal:
        return f"| `{kept.table}` | {kept.what} | {kept.long} | plain |"
    why = f"; {kept.why}" if kept.why else ""
    return f"| `{kept.table}` | {kept.what}{why} | {kept.long} | {kept.seen} |"


def say_places(kept: Kept) -> str:
    """Return the columns of a table in which people stand, and what becomes of them."""
    columns = ", ".join(f"`{it}`" for it in kept.places)
    return f"| `{kept.table}` | {columns} | {kept.erased or '; '.join(becomes(kept))} |"


def becomes(kept: Kept) -> list[str]:
    """Return what forgetting does to the columns of a table, in words."""
    found = []
    if kept.gone:
        found.append("the row goes")
    if kept.slack or kept.author or kept.customers or kept.sessions or kept.keyed or kept.names:
        found.append("a pseudonym")
    if kept.owners:
        found.append("what is live goes to the admin")
    if kept.links or kept.words:
        found.append("addresses and words are emptied")
    if kept.texts:
        found.append("the id is replaced in the text")
    return found


if __name__ == "__main__":
    print(print_page(), end="")
