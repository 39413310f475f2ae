"""Choices, hints, excerpts, notices and ratings: each kept once, and erased when it should be."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from storage import issues, ratings, support_notes
from tests.storage.drawn_entries import ts

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_choice_is_known_with_who_made_it_and_when(database):
    """The last one stands; nobody's choice is what the asker supposes."""
    with database.write() as connection:
        assert support_notes.chosen(connection, 1, "csat") is None
        assert support_notes.chosen(connection, 1, "csat", False) is False
        support_notes.choose(connection, 1, "csat", True, "U1", NOW)
        support_notes.choose(connection, 1, "csat", {"delay": [30, "分"]}, "U2", NOW + HOUR)
        made = support_notes.choice(connection, 1, "csat")
        assert made == ("csat", {"delay": [30, "分"]}, "U2", NOW + HOUR)
        assert support_notes.chosen(connection, 2, "csat") is None
        assert support_notes.choice(connection, 1, "other") is None
        support_notes.choose(connection, 1, "csat", None, "U1", NOW)
        assert support_notes.chosen(connection, 1, "csat", "usual") is None


def test_a_hint_is_given_once_however_many_ask(database):
    """Of eight at once exactly one gives it; what did not arrive may be given again."""

    def ask(_: int) -> bool:
        with database.write() as connection:
            return support_notes.tell_once(connection, 1, "bystander|U1", NOW)

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(ask, range(8))) == [False] * 7 + [True]
    with database.write() as connection:
        assert support_notes.tell_once(connection, 2, "bystander|U1", NOW)
        assert support_notes.was_told(connection, 1, "bystander|U1")
        assert not support_notes.was_told(connection, 1, "bystander|U2")
        support_notes.forget_told(connection, 1, "bystander|U1")
    assert ask(0)


def test_an_excerpt_can_be_erased(database):
    """With its message, or because of its age; an edit takes the older words away."""
    with database.write() as connection:
        for second, moment in ((0, NOW), (1, NOW + HOUR), (2, NOW + 2 * HOUR)):
            support_notes.put_excerpt(connection, 1, "C1", ts(second), f"words {second}", moment)
        support_notes.put_excerpt(connection, 1, "C1", ts(0), "edited", NOW + 9 * HOUR)
        support_notes.put_excerpt(connection, 2, "C1", ts(0), "another's", NOW)
        assert support_notes.excerpt_of(connection, 1, "C1", ts(0)) == "edited"
        assert support_notes.excerpt_of(connection, 1, "C2", ts(0)) == ""
        assert support_notes.erase_excerpt(connection, 1, "C1", ts(1))
        assert not support_notes.erase_excerpt(connection, 1, "C1", ts(1))
        assert support_notes.excerpt_of(connection, 1, "C1", ts(1)) == ""
        assert support_notes.erase_loose_excerpts(connection, 1, NOW + HOUR) == 1
        assert support_notes.excerpt_of(connection, 1, "C1", ts(0)) == ""
        assert support_notes.excerpt_of(connection, 1, "C1", ts(2)) == "words 2"
        assert support_notes.excerpt_of(connection, 2, "C1", ts(0)) == "another's"


def test_words_of_an_open_issue_stay_however_old(database):
    """What was grouped with it, or opened nothing, has no issue that would erase it."""
    row = {"channel": "C1", "root": ts(0), "episode": 1, "state": "open"}
    with database.write() as connection:
        issues.save(connection, 1, row | {"opened": NOW, "tracked": NOW}, [], [])
        for second in (0, 1):
            support_notes.put_excerpt(connection, 1, "C1", ts(second), "words", NOW)
        assert support_notes.erase_loose_excerpts(connection, 1, NOW + HOUR) == 1
        assert support_notes.excerpt_of(connection, 1, "C1", ts(0)) == "words"


def test_a_notice_is_told_at_most_once(database):
    """support-spec §10: one for each issue, target and step, whatever became of it."""
    with database.write() as connection:

        def add(
            key: str, hours: int = 0, issue: int = 1, kind: str = "breach", by: int = 1
        ) -> bool:
            due = NOW + hours * HOUR
            where = {"channel": "C1", "details": {"over": hours}}
            return support_notes.add_notice(
                connection, by, key=key, kind=kind, due=due, issue=issue, **where
            )

        assert add("b", 2)
        assert add("a")
        assert not add("a", 5)
        assert add("w", 1, kind="warning")
        assert add("other issue", 1, issue=2)
        assert add("a", by=2)
        due = support_notes.due_list(connection, 1, NOW + HOUR)
        assert [it.key for it in due] == ["a", "w", "other issue"]
        assert (due[0].due, due[0].kind, due[0].details) == (NOW, "breach", '{"over": 0}')
        assert support_notes.due_list(connection, 1, NOW + HOUR, "C2") == []
        assert support_notes.mark_notice(connection, 1, due[0].id, "sent")
        assert not support_notes.mark_notice(connection, 1, due[0].id, "dropped")
        assert not support_notes.mark_notice(connection, 2, due[1].id, "sent")
        assert not add("a")
        assert support_notes.drop_for_issue(connection, 1, 1, ("warning",)) == 1
        assert [it.key for it in support_notes.due_list(connection, 1, NOW + 9 * HOUR)] == [
            *("other issue", "b")
        ]
        assert support_notes.drop_for_issue(connection, 1, 1) == 1
        of_issue = support_notes.notices_of(connection, 1, 1)
        assert [(it.key, it.state) for it in of_issue] == [
            *(("a", "sent"), ("w", "dropped"), ("b", "dropped"))
        ]


def test_a_customer_is_asked_once_an_issue(database):
    """support-spec §9.5: a reopening takes back an unanswered request, never a rating."""
    with database.write() as connection:
        assert ratings.ask_rating(connection, 1, 12, "slack:U1", NOW)
        assert not ratings.ask_rating(connection, 1, 12, "slack:U1", NOW + HOUR)
        assert ratings.ask_rating(connection, 1, 13, "slack:U1", NOW + HOUR)
        assert ratings.last_asked(connection, 1, "slack:U1") == NOW + HOUR
        assert ratings.last_asked(connection, 2, "slack:U1") is None
        ratings.rate(connection, 1, 12, 5, NOW + 2 * HOUR)
        assert not ratings.invalidate_rating(connection, 1, 12)
        assert ratings.invalidate_rating(connection, 1, 13)
        given, open_ = (ratings.rating_of(connection, 1, it) for it in (12, 13))
        assert given is not None
        assert open_ is not None
        assert (given.customer, given.asked, given.score) == ("slack:U1", NOW, 5)
        assert (given.at, given.invalid) == (NOW + 2 * HOUR, False)
        assert (open_.score, open_.at, open_.invalid) == (None, None, True)
        ratings.rate(connection, 1, 14, 2, NOW, "x:mia", "review")
        told = ratings.rating_of(connection, 1, 14)
        assert told is not None
        assert (told.customer, told.asked, told.score, told.source) == ("x:mia", None, 2, "review")
        assert ratings.rating_of(connection, 2, 14) is None
