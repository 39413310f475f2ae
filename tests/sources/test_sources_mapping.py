"""A mapping file says what any table means, once."""

from datetime import date

import pytest
from files_drawn import DAYS_MAPPING, drawn, open_file

from storage.batch import AccountName, DayRow, WindowRow
from storage.errors import SourceError
from storage.sources import parse_mapping

ACME = AccountName("instagram", "acme")
DAYS = """
    day        | likes | followers | reach | week | month
    2026-11-01 | 5     | 1,000     | 70    | 200  | 400
    2026-11-02 |       | 1,004     | 80    |      | -
"""


def test_account_days_become_levels_and_windows() -> None:
    """Likes and followers are the day's; reach counts people in windows ending that day."""
    batch = open_file(drawn(DAYS), mapping=DAYS_MAPPING)
    assert (batch.format, batch.title) == ("mapped", "Instagram account days")
    first, second = date(2026, 11, 1), date(2026, 11, 2)
    assert batch.days == (
        DayRow(2, ACME, "likes", first, 5),
        DayRow(2, ACME, "followers", first, 1000),
        DayRow(3, ACME, "followers", second, 1004),
    )
    assert batch.windows == (
        WindowRow(2, ACME, "reach", first, second, 70),
        WindowRow(2, ACME, "reach", date(2026, 10, 26), second, 200),
        WindowRow(2, ACME, "reach", date(2026, 10, 5), second, 400),
        WindowRow(3, ACME, "reach", second, date(2026, 11, 3), 80),
    )
    (span,) = batch.watched
    assert (span.source, span.start, span.end) == ("account-days", first, date(2026, 11, 3))


def test_an_account_column_names_the_account() -> None:
    """One table may hold several; the same day of two accounts is no copy."""
    table = """
        day        | who    | likes
        2026-11-01 | Acme   | 5
        2026-11-01 | Globex | 6
        2026-11-01 |        | 7
        2026-11-02 | @acme  | 8
        2026-11-02 | @acme( | 8
    """
    mapping = """
        [file]
        grain = "account-day"
        platform = "ig"
        account = "unused"
        [columns]
        day = "Day"
        account = "who"
        [measures]
        likes = "likes"
    """
    batch = open_file(drawn(table), mapping=mapping)
    assert [(row.account.handle, row.value) for row in batch.days] == [
        ("acme", 5), ("globex", 6), ("acme", 8),
    ]  # fmt: skip
    assert [(bad.line, bad.column) for bad in batch.bad] == [(4, "who"), (6, "who")]


def test_two_values_of_one_day_are_both_bad() -> None:
    """An exact repeat counts once."""
    table = DAYS + "2026-11-01 | 6 | 1,000 | 70 | 200 | 400\n"
    table += "2026-11-02 |  | 1,004 | 80 |  |\n"
    batch = open_file(drawn(table), mapping=DAYS_MAPPING)
    assert [str(bad) for bad in batch.bad] == [
        "line 2, day: the same account and day stands on line 4, with another likes",
        "line 4, day: the same account and day stands on line 2, with another likes",
    ]
    assert batch.notes == ("1 exact repeat was counted once.",)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("2026-11-25 | 1 | 1 | 1 | 1 | 1", "day"),
        ("2026-11-01 | -1 | 1 | 1 | 1 | 1", "likes"),
        ("2026-11-01 | 1 | nan | 1 | 1 | 1", "followers"),
        ("2026-11-01 | 1 | 1 | -1 | 1 | 1", "reach"),
        ("2026-11-01 | 1 | 1 | 1 | 1e309 | 1", "week"),
        ("1/11/2026 | 1 | 1 | 1 | 1 | 1", "day"),
    ],
)
def test_bad_days_are_named(row: str, column: str) -> None:
    """By line and the file's own column."""
    table = "day | likes | followers | reach | week | month\n" + row
    (bad,) = open_file(drawn(table), mapping=DAYS_MAPPING).bad
    assert (bad.line, bad.column) == (2, column)


@pytest.mark.parametrize(("platform", "bad"), [("linkedin", 0), ("facebook", 1)])
def test_corrections_below_zero_are_linkedins_alone(platform: str, bad: int) -> None:
    """LinkedIn documents negative likes and shares; nobody documents negative reach."""
    mapping = DAYS_MAPPING.replace("instagram", platform)
    table = "day | likes | followers | reach | week | month\n2026-11-01 | -3 | 1 | 1 | 1 | 1"
    assert len(open_file(drawn(table), mapping=mapping).bad) == bad
    assert (
        len(open_file(drawn(table.replace("-3 | 1 | 1", "3 | 1 | -1")), mapping=mapping).bad) == 1
    )


def test_a_stated_decimal_sign_is_believed() -> None:
    """With decimal = ".", 1.500 is one and a half, so no count of likes."""
    table = "day;likes;followers;reach;week;month\n2026-11-01;1.500;1;1;1;1\n"
    found = open_file(table.encode(), mapping=DAYS_MAPPING)
    assert found.days[0].value == 1500
    stated = DAYS_MAPPING.replace('account = "acme"', 'account = "acme"\ndecimal = "."')
    assert open_file(table.encode(), mapping=stated).bad[0].column == "likes"
    whole = table.replace("1.500", "1.000")
    assert open_file(whole.encode(), mapping=stated).days[0].value == 1


POST = """
[file]
grain = "post"
platform = "facebook"
[columns]
id = "id"
published = "when"
[measures]
likes = "likes"
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'grain = "post"',
            'grain = "posts"',
            'grain must be "post", "account-day", "mention", "session", "order"',
        ),
        ('grain = "post"', "", "lacks grain"),
        ("[measures]", '[always]\ntype = "x"\n[measures]', "has no [always]"),
        ('platform = "facebook"', 'plattform = "facebook"', "did you mean platform"),
        (
            'platform = "facebook"',
            'platform = "myspace"',
            "is not a platform; these are: instagram",
        ),
        ('platform = "facebook"', 'zone = "Mars"', "is not a time zone"),
        ('platform = "facebook"', 'decimal = "x"', "decimal must be"),
        ('platform = "facebook"', "platform = 5", "file.platform: input should be a valid string"),
        ('platform = "facebook"', 'date_formats = ["%H:%M"]', "does not name a whole day"),
        ('platform = "facebook"', 'date_formats = ["%d %"]', "does not name a whole day"),
        ("[measures]", "[mesures]", "did you mean measures"),
        ('id = "id"', "", "needs id in [columns]"),
        ('id = "id"\npublished = "when"', "", "needs id and published in [columns]"),
        ('id = "id"', 'id = "id"\nauthor = "who"', "columns.author is not known"),
        ("likes =", "like =", "did you mean likes"),
        ("likes =", "followers =", "measures.followers is not known"),
        ('likes = "likes"', "", "[measures] is empty"),
        ("[file]", "[file", "is not TOML"),
    ],
)
def test_a_wrong_mapping_says_what_would_work(old: str, new: str, words: str) -> None:
    """One line, before any file is opened."""
    with pytest.raises(SourceError) as caught:
        parse_mapping(POST.replace(old, new))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("measure", "good"),
    [
        ("reach", True), ("reach:7", True), ("reach_28d", True), ("reach:0", False),
        ("reach:999", False), ("likes:7", False), ("reach_d", False),
    ],
)  # fmt: skip
def test_windows_are_of_unique_counts_alone(measure: str, good: bool) -> None:
    """Likes of a week are a sum; nobody imports a sum as a day."""
    text = DAYS_MAPPING.replace('likes = "likes"', f'"{measure}" = "likes"')
    text = text.replace('\nreach = "reach"', "").replace('"reach:7" = "week"', "")
    text = text.replace('reach_28d = "month"', "")
    if good:
        assert measure in parse_mapping(text).measures
    else:
        with pytest.raises(SourceError, match="is not known"):
            parse_mapping(text)


def test_a_mapping_of_columns_that_the_file_lacks() -> None:
    """Both sides are named."""
    with pytest.raises(
        SourceError, match="names “when”, which the file does not have; it has “id”"
    ):
        open_file(drawn("id | then | likes\n1 | 2026-11-01 | 1"), mapping=POST)


def test_a_mapping_needs_a_platform_and_an_account_from_somewhere() -> None:
    """The mapping, a column, or the person who sends the file."""
    table = drawn("id | when | likes\n1 | 2026-11-01 | 1")
    with pytest.raises(SourceError, match="facebook/HANDLE"):
        open_file(table, mapping=POST)
    bare = POST.replace('platform = "facebook"', "")
    with pytest.raises(SourceError, match="names no platform"):
        open_file(table, mapping=bare)
    given = AccountName("tiktok", "acme")
    assert open_file(table, mapping=bare, account=given).posts[0].account == given
    slashed = POST.replace('platform = "facebook"', 'account = "fb/@Acme"')
    assert open_file(table, mapping=slashed).posts[0].account == AccountName("facebook", "acme")
