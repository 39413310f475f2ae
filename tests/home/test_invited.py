"""Kepi was invited: it asks the inviter alone what it shall do there, once."""

from __future__ import annotations

from storage import digests
from tests.home.conftest import labels
from tests.slack.conftest import NOW, Enter, numbers_alone
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
    """Three buttons: a digest there, its issues, or nothing (what-people-see, First run)."""
    await bare.omar.invite_bot("#random")
    asked = await bare.omar.await_message("#random", "What shall I do here?")
    assert asked.is_private
    assert "Track customer issues" in asked.words
    assert labels(asked) == ["Monday digest", "Track customer issues", "Just answer"]
    assert not bare.mia.bot_said("#random")
    await bare.omar.press(asked, "digest_new")
    view = await bare.omar.await_view("How often")
    field = next(it for it in view.blocks if it["block_id"] == "channel")
    assert field["element"]["initial_conversation"] == bare.mia.channel("#random").id
    await bare.omar.close(view)
    await bare.omar.press(asked, "support_setup")
    view = await bare.omar.await_view("Who are the customers?")
    assert "#random" in view.words
    await bare.omar.close(view)
    await bare.omar.press(asked, "support_just_answer")
    await bare.quiet()
    said = bare.omar.bot_said("#random")
    assert [it.words for it in said] == ["Good. I answer /kpi and @Kepi here. Later: /kpi start"]


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


async def test_without_the_permissions_of_issues_they_are_not_offered(enter: Enter) -> None:
    """What Slack would refuse is not asked about; and a channel with a digest is set up."""
    async with enter(empty=True, seed=numbers_alone()) as town:
        await town.omar.invite_bot("#random")
        asked = await town.omar.await_message("#random", "What shall I do here?")
        assert labels(asked) == ["Monday digest", "Just answer"]
        context = town.running.context
        row = digests.usual(town.mia.channel("#random").id, "UTC", town.omar.id, NOW)
        await context.write(digests.add, context.home.workspace, row, NOW)
        await town.omar.remove_bot("#random")
        await town.omar.invite_bot("#random")
        await town.quiet()
        assert len(town.omar.bot_said("#random")) == 1
