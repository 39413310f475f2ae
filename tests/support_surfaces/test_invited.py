"""Kepi was invited: it asks the inviter alone what it shall do there, once."""

from __future__ import annotations

from tests.support_surfaces.conftest import SUPPORT, Desk


def invitation(desk: Desk, inviter: str) -> dict[str, str]:
    """Return the event of somebody who invites Kepi to #random."""
    return {
        "type": "member_joined_channel",
        "user": desk.town.slack.space.seed.bot_user,
        "channel": desk.mia.channel("#random").id,
        "channel_type": "C",
        "team": desk.town.slack.space.seed.team.id,
        "inviter": inviter,
        "event_ts": "1795370400.000100",
    }


async def test_the_inviter_alone_is_asked(bare: Desk) -> None:
    """Two buttons: set up, or nothing."""
    await bare.omar.invite_bot("#random")
    asked = await bare.omar.await_message("#random", "What shall I do here?")
    assert asked.is_private
    assert "Track customer issues" in asked.words
    assert not bare.mia.bot_said("#random")
    await bare.omar.press(asked, "support_setup")
    view = await bare.omar.await_view("Who are the customers?")
    assert "#random" in view.words
    await bare.omar.close(view)
    await bare.omar.press(asked, "support_just_answer")
    await bare.quiet()
    said = bare.omar.bot_said("#random")
    assert [it.words for it in said] == [
        "Good. I answer /kpi and @Kepi here. Later: /support setup"
    ]


async def test_an_invitation_that_is_told_twice_is_asked_about_once(bare: Desk) -> None:
    """Slack delivers some events again."""
    await bare.omar.invite_bot("#random")
    await bare.quiet()
    for _ in range(3):
        bare.town.slack.inject(invitation(bare, bare.omar.id))
    await bare.quiet()
    assert len(bare.omar.bot_said("#random")) == 2, "one for each invitation"


async def test_a_channel_that_is_set_up_goes_on(desk: Desk) -> None:
    """Invited again, Kepi does not ask again."""
    await desk.mia.remove_bot(SUPPORT)
    await desk.mia.invite_bot(SUPPORT)
    await desk.quiet()
    assert not [it for it in desk.mia.bot_said(SUPPORT) if "What shall I do" in it.words]


async def test_a_guest_is_asked_nothing(bare: Desk) -> None:
    """They may not set anything up."""
    bare.mia.channel("#random").members.append(bare.gus.id)
    bare.town.slack.inject(invitation(bare, bare.gus.id))
    await bare.quiet()
    assert not bare.gus.bot_said("#random")
