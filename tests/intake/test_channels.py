"""What befalls channels and people (support-spec §5.3)."""

from __future__ import annotations

from bot.playground import people_life
from storage import desks
from support.rulebook import read_book
from support.rules import Mode, Rules
from tests.intake.conftest import DESK, OMAR, Care


def desk_of(care: Care, channel: str = DESK) -> desks.DeskRow | None:
    with care.context.database.read() as connection:
        return desks.find(connection, care.context.home.workspace, care.id_of(channel))


async def test_an_archived_channel_orphans_its_issues_and_they_come_back(care: Care) -> None:
    """S26: censored at that moment; unarchived and invited again, the flag goes."""
    await care.town.mia.say(DESK, "order 8841 never came")
    await care.quiet()
    care.slack.archive(DESK)
    await care.quiet()
    (issue,) = care.issues()
    (life,) = [it for it in care.entries() if it.kind == "life"]
    assert (life.name, issue.orphaned) == ("archived", life.at)
    held = desk_of(care)
    assert held is not None
    assert held.gone is not None
    care.slack.unarchive(DESK)
    await care.town.mia.invite_bot(DESK)
    await care.quiet()
    (issue,) = care.issues()
    assert issue.orphaned is None
    held = desk_of(care)
    assert held is not None
    assert held.gone is None


async def test_kepi_is_removed_from_a_channel(care: Care) -> None:
    """The same, by another road; people who leave orphan nothing."""
    await care.town.mia.say(DESK, "order 8841 never came")
    await care.quiet()
    await care.town.omar.leave(DESK)
    await care.quiet()
    assert [it.kind for it in care.entries()] == ["message"]
    await care.town.mia.remove_bot(DESK)
    await care.quiet()
    (issue,) = care.issues()
    assert issue.orphan_reason == "removed"


async def test_a_channel_with_a_new_id_goes_on(care: Care) -> None:
    """The mapping is rewritten in one transaction; the issue is the same one."""
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    await care.quiet()
    new = care.slack.change_channel_id(DESK)
    await care.quiet()
    await care.town.omar.say(DESK, "It comes tomorrow", asked.ts)
    await care.quiet()
    (issue,) = care.issues()
    assert issue.key.channel == new
    assert issue.responded is not None
    assert [it.kind for it in care.entries()] == ["message", "message"]


async def test_a_renamed_channel_keeps_its_id(care: Care) -> None:
    """The name is for people to read."""
    care.slack.rename(DESK, "help")
    await care.quiet()
    held = desk_of(care, "#help")
    assert held is not None
    assert held.name == "help"


async def test_a_channel_that_is_shared_has_other_rules_from_then_on(care: Care) -> None:
    """Where nobody was named who answers, colleagues do, as soon as strangers may ask (§2)."""
    await care.track("#support", Rules(mode=Mode.AUTO, others_are="customer"))
    care.slack.share(DESK, "Nordic Agency")
    await care.quiet()
    with care.context.database.read() as connection:
        book = read_book(connection, care.context.home.workspace, care.id_of(DESK))
    assert (book.latest.is_shared, book.latest.others_are) == (True, "responder")
    assert book.versions[0][1].is_shared is False
    care.slack.unshare(DESK, "Nordic Agency")
    await care.quiet()
    with care.context.database.read() as connection:
        book = read_book(connection, care.context.home.workspace, care.id_of(DESK))
    assert book.latest.is_shared is False


async def test_who_leaves_the_company_has_no_issues_any_more(care: Care) -> None:
    """Unassigned at that moment; past credit stays."""
    asked = await care.town.mia.say(DESK, "order 8841 never came")
    await care.town.omar.say(DESK, "Checking", asked.ts)
    await care.quiet()
    (issue,) = care.issues()
    assert issue.assignee == OMAR
    care.slack.deactivate("omar")
    await care.quiet()
    (issue,) = care.issues()
    assert issue.assignee == ""
    assert issue.responded_by == OMAR


async def test_somebody_made_a_guest_is_one_from_then_on(care: Care) -> None:
    """``user_change`` drops what was remembered; roles of before stay."""
    await care.track("#support", Rules(mode=Mode.MANUAL, others_are="bystander"))
    await care.town.omar.say(DESK, "one")
    await care.quiet()
    member = care.slack.member("omar")
    member.is_restricted = True
    people_life.tell_user(care.slack.space, member)
    await care.quiet()
    await care.town.omar.say(DESK, "two")
    await care.quiet()
    assert [it.role for it in care.entries()] == ["bystander", "customer"]
