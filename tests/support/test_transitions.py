"""Every cell of the table of states and events (support-spec §5.1).

A cell is drawn as the event, the state before, the state after, and what else must hold then
(``Seen``; ``wait`` and ``pause`` are the starts of those that run, ``paused`` is the length of
those that ended, ``told`` a remark). A merged issue is judged by its survivor.
"""

from __future__ import annotations

import pytest

from tests.support.conftest import Play
from tests.support.drawn_seen import Result, Seen

BEFORE = {
    "none": "0 mia says",
    "open": "0 lena asks",
    "acknowledged": """
        0   lena  asks
        10  omar  marks eyes on 0
    """,
    "responded": """
        0   lena  asks
        20  omar  answers
    """,
    "waiting": """
        0   lena  asks
        20  omar  answers
        30  omar  marks hourglass_flowing_sand on 20
    """,
    "resolved": """
        0   lena  asks
        20  omar  answers
        40  omar  marks white_check_mark on 20
    """,
    "dismissed": """
        0   lena  asks
        20  omar  answers
        40  mia   marks no_entry_sign on 0
    """,
    "merged": """
        0      lena  asks
        20     omar  answers
        -3600  kim   asks top
        40     omar  merges into -3600
    """,
}
EVENTS = {
    "Cm": "100 lena says",
    "Cm-top": "100 lena asks top",
    "Cp": "100 lena thanks",
    "Cp-top": "100 lena thanks top",
    "Rm": "100 mia answers",
    "Ig-note": "100 mia notes",
    "Ig-bystander": "100 ben asks",
    "Ig-program": "100 stranger says",
    "Ig-self": "100 bot says",
    "Ig-notice": "100 lena joins",
    "Ig-unfurl": "100 lena unfurls",
    "Ak": "100 mia marks eyes on 0",
    "Ak-claim": "100 mia marks raising_hand on 0",
    "Ak-ticket": "100 mia marks ticket on 0",
    "Wt": "100 mia marks hourglass_flowing_sand on 0",
    "Wt-act": "100 mia waits",
    "Wx": "100 omar unmarks hourglass_flowing_sand on 20",
    "Wx-act": "100 mia unwaits",
    "Rs": "100 mia marks white_check_mark on 0",
    "Rs-act": "100 mia resolves",
    "Rx": "100 omar unmarks white_check_mark on 20",
    "Rx-late": "4000 omar unmarks white_check_mark on 20",
    "Ro": "100 mia reopens",
    "Di": "100 mia marks no_entry_sign on 0",
    "Di-act": "100 mia dismisses because spam",
    "Di-admin": "100 mia dismisses admin",
    "Du": "100 mia restores",
    "Mg": """
        -3600  kim  asks top
        100    mia  merges into -3600
    """,
    "Mg-undone": "100 mia unmerges",
    "Ac": "100 timer auto-close",
}
CELLS = """
    Cm-top        none          open          opened=100 wait=100 frt=None
    Cm            none          none
    Cp-top        none          none
    Rm            none          none
    Ig-note       none          none
    Ig-bystander  none          none
    Ak            none          none
    Ak-ticket     none          open          opened=0 reporter=mia
    Rs            none          none          told=no-issue
    Rs-act        none          none          told=no-issue
    Wt            none          none
    Ro            none          none
    Ac            none          none

    Cm            open          open          wait=0 frt=None
    Cp            open          open          wait=0 suppressed=1
    Rm            open          responded     frt=100 tta=100 assignee=mia wait=None nrt=()
    Ig-note       open          open          wait=0 tta=None frt=None assignee=
    Ig-bystander  open          open          wait=0 tta=None frt=None
    Ig-program    open          open          wait=0 tta=None frt=None
    Ig-self       open          open          wait=0 tta=None frt=None
    Ig-unfurl     open          open          wait=0 suppressed=0
    Ig-notice     open          open          wait=0 tta=None frt=None
    Ak            open          acknowledged  tta=100 frt=None wait=0 assignee=
    Ak-claim      open          acknowledged  tta=100 frt=None wait=0 assignee=mia
    Ak-ticket     open          open          opened=0 wait=0
    Wt            open          open          wait=0 pause=None told=not-yet
    Wt-act        open          open          wait=0 pause=None told=not-yet
    Wx            open          open          wait=0
    Rs            open          resolved      first_resolution=100 full_resolution=100 ended=resolve
    Rs-act        open          resolved      first_resolution=100 full_resolution=100 ended=resolve
    Rx            open          open          wait=0 reopens=0
    Ro            open          open          wait=0 reopens=0
    Di            open          dismissed     dismissed=100 frt=None ended=dismiss
    Di-act        open          dismissed     dismissed=100 dismiss_reason=spam ended=dismiss
    Du            open          open          wait=0
    Mg            open          merged        ended=merge
    Ac            open          open          wait=0

    Cm            acknowledged  acknowledged  wait=0 tta=10
    Cp            acknowledged  acknowledged  wait=0 suppressed=1
    Rm            acknowledged  responded     frt=100 tta=10 assignee=mia wait=None
    Ig-note       acknowledged  acknowledged  wait=0 tta=10 frt=None
    Ig-bystander  acknowledged  acknowledged  wait=0 tta=10 frt=None
    Ak            acknowledged  acknowledged  tta=10 acknowledged_by=omar wait=0
    Ak-claim      acknowledged  acknowledged  tta=10 acknowledged_by=omar assignee=mia
    Wt            acknowledged  acknowledged  wait=0 pause=None told=not-yet
    Wx            acknowledged  acknowledged  wait=0
    Rs            acknowledged  resolved      first_resolution=100 full_resolution=100 ended=resolve
    Rs-act        acknowledged  resolved      first_resolution=100 full_resolution=100 ended=resolve
    Rx            acknowledged  acknowledged  wait=0 reopens=0
    Ro            acknowledged  acknowledged  wait=0 reopens=0
    Di            acknowledged  dismissed     dismissed=100 ended=dismiss
    Du            acknowledged  acknowledged  wait=0
    Mg            acknowledged  merged        ended=merge
    Ac            acknowledged  acknowledged  wait=0

    Cm            responded     open          frt=20 wait=100
    Cp            responded     responded     frt=20 wait=None suppressed=1
    Rm            responded     responded     frt=20 last_response=100 nrt=()
    Ig-note       responded     responded     last_response=20
    Ig-bystander  responded     responded     last_response=20
    Ig-program    responded     responded     last_response=20
    Ak            responded     responded     tta=20 acknowledged_by=omar
    Ak-claim      responded     responded     tta=20 assignee=omar
    Wt            responded     waiting       pause=100 wait=None told=
    Wt-act        responded     waiting       pause=100 wait=None told=
    Wx            responded     responded     pause=None
    Rs            responded     resolved      first_resolution=100 full_resolution=100
    Rs-act        responded     resolved      first_resolution=100 full_resolution=100
    Rx            responded     responded     reopens=0
    Ro            responded     responded     reopens=0
    Di            responded     dismissed     dismissed=100
    Du            responded     responded     frt=20
    Mg            responded     merged        frt=20
    Ac            responded     responded     full_resolution=None

    Cm            waiting       open          wait=100 pause=None paused=70
    Cp            waiting       waiting       pause=30 suppressed=1
    Rm            waiting       waiting       pause=30 last_response=100 nrt=()
    Ig-note       waiting       waiting       pause=30 last_response=20
    Ig-bystander  waiting       waiting       pause=30
    Ak            waiting       waiting       pause=30 tta=20
    Ak-claim      waiting       waiting       pause=30 tta=20
    Wt            waiting       waiting       pause=30 told=
    Wt-act        waiting       waiting       pause=30 told=
    Wx            waiting       responded     pause=None paused=70
    Wx-act        waiting       responded     pause=None paused=70
    Rs            waiting       resolved      full_resolution=100 pause=None paused=70
    Rs-act        waiting       resolved      full_resolution=100 pause=None paused=70
    Rx            waiting       waiting       pause=30
    Ro            waiting       waiting       pause=30 reopens=0
    Di            waiting       dismissed     pause=None paused=70
    Du            waiting       waiting       pause=30
    Mg            waiting       merged        pause=None paused=70
    Ac            waiting       resolved      reason=no_customer_reply resolved_via=auto paused=70

    Cm            resolved      open          reopens=1 wait=100 frt=20 first_resolution=40
    Cp            resolved      resolved      reopens=0 suppressed=1 full_resolution=40
    Rm            resolved      resolved      reopens=0 frt=20 full_resolution=40
    Ig-note       resolved      resolved      full_resolution=40
    Ig-unfurl     resolved      resolved      reopens=0 suppressed=0
    Ig-bystander  resolved      resolved      full_resolution=40
    Ak            resolved      resolved      tta=20 full_resolution=40
    Ak-claim      resolved      resolved      tta=20 full_resolution=40
    Wt            resolved      resolved      pause=None told=not-yet
    Wt-act        resolved      resolved      pause=None told=not-yet
    Wx            resolved      resolved      full_resolution=40
    Rs            resolved      resolved      full_resolution=40 resolver=omar helped=mia
    Rs-act        resolved      resolved      full_resolution=40 resolver=omar
    Rx            resolved      responded     reopens=0 first_resolution=None full_resolution=None
    Rx-late       resolved      responded     reopens=1 first_resolution=40 full_resolution=None
    Ro            resolved      responded     reopens=1 first_resolution=40 wait=None
    Di            resolved      resolved      dismissed=None told=not-allowed
    Di-act        resolved      resolved      dismissed=None told=not-allowed
    Di-admin      resolved      dismissed     dismissed=100
    Du            resolved      resolved      full_resolution=40
    Mg            resolved      merged
    Ac            resolved      resolved      full_resolution=40 reason=solved

    Cm            dismissed     dismissed     wait=None told=wrote-again
    Cp            dismissed     dismissed     told=
    Rm            dismissed     dismissed     last_response=20
    Ig-note       dismissed     dismissed     dismissed=40
    Ig-bystander  dismissed     dismissed     dismissed=40
    Ak            dismissed     dismissed     dismissed=40
    Ak-claim      dismissed     dismissed     dismissed=40
    Wt            dismissed     dismissed     pause=None
    Wx            dismissed     dismissed     pause=None
    Rs            dismissed     dismissed     first_resolution=None
    Rs-act        dismissed     dismissed     first_resolution=None
    Rx            dismissed     dismissed     reopens=0
    Du            dismissed     responded     dismissed=None frt=20 reopens=0
    Ro            dismissed     responded     dismissed=None frt=20 reopens=0
    Di            dismissed     dismissed     dismissed=40
    Mg            dismissed     merged
    Ac            dismissed     dismissed     dismissed=40

    Cm            merged        open          opened=-3600 frt=3620 wait=100
    Cp            merged        responded     suppressed=1
    Rm            merged        responded     frt=3620 last_response=100
    Ig-note       merged        responded     last_response=20
    Ig-bystander  merged        responded     last_response=20
    Ak            merged        responded     frt=3620 tta=3620
    Ak-claim      merged        responded     frt=3620 tta=3620
    Wt            merged        waiting       pause=100
    Wx            merged        responded     pause=None
    Rs            merged        resolved      full_resolution=3700
    Rx            merged        responded     reopens=0
    Mg-undone     merged        open          opened=-3600 frt=None wait=-3600
    Ac            merged        responded     full_resolution=None
"""
ROWS = [tuple(line.split(maxsplit=3)) for line in CELLS.splitlines() if line.strip()]


@pytest.mark.parametrize("row", ROWS, ids=["-".join(row[:2]) for row in ROWS])
def test_the_table_of_states_and_events(fold_only: Play, row: tuple[str, ...]) -> None:
    """Each event does to each state what the table says, whatever the order of arrival."""
    event, before, after, *facts = row
    result = fold_only(f"auto_close 60\n{BEFORE[before]}\n{EVENTS[event]}")
    judged = judge(result, before)
    assert (str(judged.state) if judged else "none") == after
    for fact in facts[0].split() if facts else ():
        name, _, value = fact.partition("=")
        assert str(shown(result, judged, name)) == value, name


def judge(result: Result, before: str) -> Seen | None:
    """Return the issue that a cell is about: Lena's, or the survivor of a merger."""
    if not result.issues:
        return None
    if before == "merged":
        survivor, _ = result.issues
        return survivor
    (issue,) = [it for it in result.issues if it.root in (0, 100)]
    return issue


def shown(result: Result, issue: Seen | None, name: str) -> object:
    """Return one fact of a cell as it is drawn."""
    if name == "told":
        return " ".join(remark.word for remark in result.remarks)
    assert issue is not None
    match name:
        case "pause":
            return next((start for start, end in issue.pauses if end is None), None)
        case "paused":
            return sum(end - start for start, end in issue.pauses if start is not None and end)
        case "ended":
            return issue.waits[-1][2]
        case "helped":
            return " ".join(issue.co_resolvers)
        case _:
            return getattr(issue, name)


def test_every_event_meets_every_state() -> None:
    """The table has no cell that was forgotten, but those that cannot occur."""
    drawn = {(row[0].partition("-")[0], row[1]) for row in ROWS}
    events = {event.partition("-")[0] for event in EVENTS}
    impossible = {
        *((event, "none") for event in ("Wx", "Rx", "Di", "Du", "Mg")),
        *((event, "merged") for event in ("Ro", "Di", "Du")),
    }
    assert {(event, state) for event in events for state in BEFORE} - drawn == impossible
