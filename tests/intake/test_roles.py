"""Who is who: the table of support-spec §2, first match wins."""

from __future__ import annotations

import pytest

from support.roles import Direction, Speaker, role_of
from support.rules import Rules

TEAM = "T0ACME00000"

TABLE = """
    who                                 | rules                                   | role
    ------------------------------------+-----------------------------------------+-----------
    user=UKEPI                          |                                         | self
    bot=BKEPI                           |                                         | self
    user=UKEPI                          | ignored=UKEPI                           | self
    bot=B1                              | relay=inbound                           | relay_in
    bot=B1                              | relay=outbound                          | relay_out
    bot=B1                              | relay=ignore                            | ignored
    bot=B1                              |                                         | ignored
    subtype=bot_message                 | relay=inbound                           | relay_in
    user=U1 is_bot                      |                                         | ignored
    user=U1 is_bot                      | responders=U1                           | ignored
    bot=B1 subtype=channel_topic        | relay=inbound                           | ignored
    user=USLACKBOT                      |                                         | ignored
    user=USLACKBOT                      | responders=USLACKBOT                    | ignored
    user=U1 subtype=channel_join        | responders=U1                           | ignored
    user=U1 subtype=channel_topic       |                                         | ignored
    user=U1 subtype=pinned_item         |                                         | ignored
    user=U1 subtype=reminder_add        |                                         | ignored
    user=U1 subtype=file_share          | responders=U1                           | responder
    user=U1 subtype=thread_broadcast    | responders=U1                           | responder
    user=U1 subtype=me_message          | responders=U1                           | responder
    user=U1                             | responders=U1 customers=U1 ignored=U1   | responder
    user=U1                             | customers=U1 ignored=U1                 | customer
    user=U1                             | ignored=U1                              | ignored
    user=U1                             | customers=U1 group=U1                   | customer
    user=U1                             | ignored=U1 group=U1                     | ignored
    user=U1                             | group=U1                                | responder
    user=U1 is_guest                    | group=U1                                | responder
    user=U1 is_stranger                 | group=U1                                | responder
    user=U1 is_stranger                 | others=responder                        | customer
    user=U1 is_guest                    | others=responder                        | customer
    user=U1 team=T0OTHER0000            | others=responder                        | customer
    user=U1 team=T0ACME00000            | others=responder                        | responder
    user=U1                             | others=responder                        | responder
    user=U1                             | others=bystander                        | bystander
    user=U1                             | others=customer                         | customer
    user=U1                             | others=nonsense                         | bystander
"""


def rows() -> list[tuple[str, str, str]]:
    lines = TABLE.strip().splitlines()[2:]
    return [tuple(cell.strip() for cell in line.split("|")) for line in lines]  # type: ignore[misc]


@pytest.mark.parametrize(("who", "rules", "role"), rows())
def test_the_first_match_of_the_table_wins(who: str, rules: str, role: str) -> None:
    """Own ids, programs by rule, notices, lists, groups, outsiders, and then what is set."""
    said = dict(part.partition("=")[::2] for part in who.split())
    flags = {name: True for name in ("is_bot", "is_stranger", "is_guest") if name in said}
    words = {name: said[name] for name in ("user", "bot", "team", "subtype") if name in said}
    given = dict(part.split("=") for part in rules.split())
    held = Rules(
        others_are=given.get("others", "bystander"),
        responders=tuple(given.get("responders", "").split()),
        customers=tuple(given.get("customers", "").split()),
        ignored=tuple(given.get("ignored", "").split()),
    )
    relay = Direction(given["relay"]) if "relay" in given else None
    found = role_of(
        Speaker(**words, **flags),
        held,
        ours={"UKEPI", "BKEPI", "UOLD"},
        team=TEAM,
        responders=given.get("group", "").split(),
        relay=relay,
    )
    assert found == role


def test_an_id_from_before_a_reinstallation_is_still_our_own() -> None:
    """Old ids stay in the list (support-spec §5.3)."""
    assert role_of(Speaker("UOLD"), Rules(), ours={"UKEPI", "UOLD"}, team=TEAM) == "self"
