"""What is read back from Slack does not undo what a forgotten person once marked."""

from __future__ import annotations

from commands.support.differences import Known, find_changed_marks

TS, DONE, EYES = "1763800000.000000", "white_check_mark", "eyes"
GONE = "gone-0123456789ab"


def test_a_forgotten_persons_mark_neither_came_nor_went() -> None:
    """Slack shows it under their id, the ledger under a pseudonym; others' marks still count."""
    known = Known(marks={TS: {(GONE, DONE), ("U0OMAR00000", EYES)}})
    seen = {TS: {("U0ZELDA0000", DONE), ("U0OMAR00000", EYES)}}
    assert find_changed_marks(known, seen, alive=0, started=1) == []
    seen[TS] |= {("U0MIA000000", DONE), ("U0MIA000000", EYES)}
    more = find_changed_marks(known, seen, alive=0, started=1)
    assert [(it.mark.name, it.came) for it in more] == [(EYES, True), (DONE, True)]
    gone = find_changed_marks(known, {TS: {("U0ZELDA0000", DONE)}}, alive=0, started=1)
    assert [(it.mark.user, it.came) for it in gone] == [("U0OMAR00000", False)]
