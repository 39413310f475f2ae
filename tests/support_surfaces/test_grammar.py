"""What is typed after ``/support``: verbs and numbers in any order, nothing guessed that acts."""

from __future__ import annotations

import pytest

from commands.support.grammar import Said, Verb, read
from storage.errors import KepiError, Unclear

READ: dict[str, Said] = {
    "": Said(Verb.LIST),
    "   \n\t ": Said(Verb.LIST),
    "list": Said(Verb.LIST),
    "<#C0SUPPORT00|support>": Said(Verb.LIST, channel="C0SUPPORT00"),
    "12": Said(Verb.SHOW, 12),
    "#12": Said(Verb.SHOW, 12),
    "show 12": Said(Verb.SHOW, 12),
    "explain 12": Said(Verb.EXPLAIN, 12),
    "why #12": Said(Verb.EXPLAIN, 12),
    "12 explain": Said(Verb.EXPLAIN, 12),
    "resolve 12": Said(Verb.RESOLVE, 12),
    "Resolve #12 duplicate": Said(Verb.RESOLVE, 12, rest="duplicate"),
    "12 solved": Said(Verb.RESOLVE, 12),
    "close 12 won’t fix": Said(Verb.RESOLVE, 12, rest="won't fix"),
    "reopen 12": Said(Verb.REOPEN, 12),
    "assign 12 <@U0OMAR00000|omar>": Said(Verb.ASSIGN, 12, user="U0OMAR00000"),
    "assign <@U0OMAR00000> 12": Said(Verb.ASSIGN, 12, user="U0OMAR00000"),
    "assign 12 nobody": Said(Verb.ASSIGN, 12, rest="nobody"),
    "merge 12 into 9": Said(Verb.MERGE, 12, other=9, rest="into 9"),
    "merge #12 #9": Said(Verb.MERGE, 12, other=9, rest="#9"),
    "snooze 12 2h": Said(Verb.SNOOZE, 12, rest="2h"),
    "snooze 12 next opening": Said(Verb.SNOOZE, 12, rest="next opening"),
    "wait 12": Said(Verb.WAIT, 12),
    "csat 12 4 source=phone": Said(Verb.CSAT, 12, rest="4", options={"source": "phone"}),
    "replied 12 at=2026-11-20T14:00+01:00": Said(
        Verb.REPLIED, 12, options={"at": "2026-11-20T14:00+01:00"}
    ),
    'new Order 8841 never came customer="Lena K" priority=high': Said(
        Verb.NEW,
        rest="Order 8841 never came",
        options={"customer": "Lena K", "priority": "high"},
    ),
    "new “Refund” a=b": Said(Verb.NEW, rest='"Refund" a=b'),
    "new 3 cups broken &amp; late": Said(Verb.NEW, rest="3 cups broken & late"),
    "new": Said(Verb.NEW),
    "set up": Said(Verb.SETUP),
    "setup <#C1|x>": Said(Verb.SETUP, channel="C1"),
    "holidays SE 2027": Said(Verb.HOLIDAYS, rest="SE 2027"),
    "?": Said(Verb.HELP),
    "ｒｅｓｏｌｖｅ １２": Said(Verb.RESOLVE, 12),
}


@pytest.mark.parametrize(("text", "said"), READ.items(), ids=[*map(repr, READ)])
def test_words_are_read(text: str, said: Said) -> None:
    """Any case, any order of verb and number, Slack's markup undone."""
    assert read(text) == said


OFFERED: dict[str, tuple[str, ...]] = {
    "resovle 12": ("/support resolve 12",),
    "12 resovle": ("/support resolve 12",),
    "assing 12 me": ("/support assign 12 me",),
    "setpu": ("/support setup",),
    "dismis 3 spam": ("/support dismiss 3 spam",),
}


@pytest.mark.parametrize(("text", "choices"), OFFERED.items())
def test_a_near_miss_is_offered_and_not_done(text: str, choices: tuple[str, ...]) -> None:
    """A slip in what changes an issue is never guessed at: it is a button."""
    with pytest.raises(Unclear) as caught:
        read(text)
    assert caught.value.choices == choices


REFUSED: dict[str, str] = {
    "flurb": "I don’t know “flurb”. Try: /support",
    "🙂": "I don’t know “🙂”",
    "<script>": "I don’t know “<script>”",
    "resolve": "Which issue? Write its number: /support resolve 12",
    "assign <@U1>": "Which issue?",
    "resolve twelve": "Which issue?",
    "12345678901": "There is no issue 12345678901",
    "-3": "I don’t know “-3”",
    "new x prioritty=high": "I don’t know “prioritty=”. Did you mean priority=?",
    "x" * 1_000_000: "too long",
    "new " + "y" * 4_000: "too long",
}


@pytest.mark.parametrize(("text", "line"), REFUSED.items(), ids=[it[:12] for it in REFUSED])
def test_what_cannot_be_read_is_refused_with_what_would_work(text: str, line: str) -> None:
    """One line, never silence, never a guess."""
    with pytest.raises(KepiError) as caught:
        read(text)
    assert line in str(caught.value)
    assert len(str(caught.value)) < 300
