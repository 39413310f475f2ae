"""A cell is a plain value or it is refused with the reason; nothing is guessed."""

import re

import pytest
from files_drawn import facebook, open_file, xlsx
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.sources.cells import BadCell, NumberStyle, read_id, read_whole


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1_000", "is not a whole number"),
        ("nan", "is not a whole number"),
        ("inf", "is not a whole number"),
        ("1e309", "is in scientific notation; export the number in full"),
        ("1E+3", "is in scientific notation; export the number in full"),
        ("１２", "is not written in the digits 0–9"),
        ("١٢٣", "is not written in the digits 0–9"),
        ("-5", "is negative"),
        ("−5", "is negative"),
        ("+1", "looks like a formula, not a plain value"),
        ("=1+1", "looks like a formula, not a plain value"),
        ("@SUM(A1)", "looks like a formula, not a plain value"),
        ("-1+cmd", "looks like a formula, not a plain value"),
        ("\t12x", "looks like a formula, not a plain value"),
        ("9007199254740993", "is too large to be a count"),
        ("99999999999999999999999999999999999999999999999", "is too large to be a count"),
        ("12.5", "is not a whole number"),
        ("1,23", "is not a whole number"),
        ("12,34,567", "is not a whole number"),
        ("0x10", "is not a whole number"),
        ("True", "is not a whole number"),
        ("#DIV/0!", "is not a whole number"),
        ("12 %", "is not a whole number"),
    ],
)
def test_what_is_not_a_number_is_refused(cell: str, reason: str) -> None:
    """The row is bad, under the file's own column name; the post is not stored without it."""
    batch = open_file(facebook({}, {"Reach": cell}))
    assert [post.external_id for post in batch.posts] == ["9001"]
    (bad,) = batch.bad
    assert (bad.line, bad.column) == (3, "Reach")
    assert bad.reason.endswith(reason)


@pytest.mark.parametrize("cell", ["", " ", "-", "--", "—", "N/A", "n/a", "undefined"])
def test_a_blank_is_no_number(cell: str) -> None:
    """Absence is absence, and never 0."""
    batch = open_file(facebook({"Reach": cell, "Views": "0"}))
    assert batch.posts[0].counters[:2] == (0, None)
    assert batch.bad == ()


@pytest.mark.parametrize(
    ("cells", "delimiter", "numbers"),
    [
        (["1,234", "5"], ",", [1234, 5]),
        (["1.500", "12.345.678"], ";", [1500, 12_345_678]),
        (["1.500", "7"], ";", [1500, 7]),
        (["1,500"], ",", [1500]),
        (["1,500"], ";", [1500]),
        (["1 234", "1 234 567"], ",", [1234, 1_234_567]),
        (["1\u202f234"], ",", [1234]),
        (["1\u00a0234"], ";", [1234]),
        (["1’234"], ",", [1234]),
        (["12.0", "3.0"], ",", [12, 3]),
        (["1,234.0"], ",", [1234]),
        (["1.234,0"], ";", [1234]),
        (["007"], ",", [7]),
        (["9007199254740992"], ",", [2**53]),
    ],
)
def test_thousands_are_grouped_as_the_file_groups_them(
    cells: list[str], delimiter: str, numbers: list[int]
) -> None:
    """Counters are whole, so a lone “1,500” or “1.500” is fifteen hundred."""
    batch = open_file(facebook(*({"Views": cell} for cell in cells), delimiter=delimiter))
    assert batch.bad == ()
    assert [post.counters[0] for post in batch.posts] == numbers


def test_a_second_way_of_grouping_is_refused() -> None:
    """Two cells with points and one with a comma: the comma may be a decimal sign."""
    batch = open_file(facebook({"Views": "1.500"}, {"Views": "2.500"}, {"Views": "1,500"}))
    assert [post.counters[0] for post in batch.posts] == [1500, 2500]
    assert [bad.reason for bad in batch.bad] == [
        "“1,500” groups digits unlike the rest of the file"
    ]


def test_a_point_that_is_a_decimal_sign_elsewhere_never_groups() -> None:
    """In a file with 2.50, 1.500 is one and a half or fifteen hundred: refused, not guessed."""
    batch = open_file(facebook({"Views": "2.50"}, {"Views": "7.25"}, {"Views": "1.500"}))
    assert [bad.line for bad in batch.bad] == [2, 3, 4]


@settings(max_examples=1_500, deadline=None)
@given(
    st.one_of(st.text(max_size=12), st.from_regex(r"[-+=]?[0-9.,_ eE١１naif]{1,9}", fullmatch=True))
)
def test_no_text_becomes_a_number_that_it_does_not_say(cell: str) -> None:
    """Whatever is accepted is ASCII digits and grouping, and says the same to the eye."""
    try:
        value = read_whole(cell, NumberStyle(",", "."))
    except BadCell:
        return
    if value is None:
        assert cell.strip().lower() in {"", "-", "--", "–", "—", "n/a", "undefined"}
        return
    plain = cell.strip().lstrip("-−") if value == 0 else cell.strip()
    assert re.fullmatch(r"[0-9]+(,[0-9]{3})*(\.0+)?", plain)
    assert value == int(plain.split(".")[0].replace(",", ""))
    assert 0 <= value <= 2**53


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "no id"),
        ("-", "no id"),
        ("1.78E+17", "the id was ruined by a spreadsheet"),
        ("1,78E+17", "the id was ruined by a spreadsheet"),
        ("=1+1", "looks like a formula"),
        ("@SUM", "looks like a formula"),
        ("+1", "looks like a formula"),
        ("-1", "looks like a formula"),
        ("１２", "is not written in the digits 0–9"),
        ("x" * 201, "is not an id"),
        ("a\u202eb", "is not an id"),
    ],
)
def test_what_is_not_an_id_is_refused(cell: str, reason: str) -> None:
    """An id that a spreadsheet rounded would make one post of many."""
    batch = open_file(facebook({}, {"Post ID": cell}))
    (bad,) = batch.bad
    assert (bad.line, bad.column) == (3, "Post ID")
    assert reason in bad.reason


def test_ids_that_all_end_in_zeros_were_rounded() -> None:
    """A spreadsheet keeps 15 digits: 178012345678901234 comes back as …901000."""
    rounded = [{"Post ID": f"1780123456789{n}000"} for n in (10, 11, 12)]
    batch = open_file(facebook(*rounded))
    assert [bad.line for bad in batch.bad] == [2, 3, 4]
    assert batch.posts == ()
    assert open_file(facebook(*rounded, {"Post ID": "178012345678913004"})).bad == ()


@pytest.mark.parametrize("title", ["@friend thanks", "+1", "=1+1", "-20 % today", "- - -"])
def test_captions_may_look_like_formulas(title: str) -> None:
    """They are what someone wrote; what leaves Kepi again is escaped there."""
    batch = open_file(facebook({"Title": title}))
    assert (batch.bad, batch.posts[0].title) == ((), title)


@pytest.mark.parametrize("column", ["Page ID", "Page name", "Publish time"])
def test_a_formula_is_no_account_and_no_date(column: str) -> None:
    """Only captions may begin like a formula."""
    batch = open_file(facebook({}, {column: "=HYPERLINK(1)"}))
    assert [(bad.line, bad.column) for bad in batch.bad] == [(3, column)]
    assert "looks like a formula" in batch.bad[0].reason


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    """Mending one cell and sending the file again for the next would be tiring."""
    batch = open_file(facebook({"Views": "nan", "Reach": "-1", "Publish time": "soon"}))
    (bad,) = batch.bad
    assert bad.column == "Publish time"
    assert "Views: “nan” is not a whole number; Reach: “-1” is negative" in bad.reason


def test_an_id_kept_as_a_number_in_a_workbook() -> None:
    """Up to 15 digits a workbook's numbers are exact; above, the id is ruined."""
    header = ["Post ID", "Page name", "Publish time", "Views"]
    batch = open_file(
        xlsx(
            [
                header,
                [123456789012345, "Acme", "11/02/2026 10:30", 7],
                [178012345678901234, "Acme", "11/02/2026 10:30", 7],
                ["178012345678901234", "Acme", "11/02/2026 10:30", 7.5],
                ["178012345678901235", "Acme", "11/02/2026 10:30", True],
            ]
        ),
        name="posts.xlsx",
    )
    assert [(post.external_id, post.counters[0]) for post in batch.posts] == [
        ("123456789012345", 7)
    ]
    assert [(bad.line, bad.column) for bad in batch.bad] == [
        (3, "Post ID"), (4, "Views"), (5, "Views"),
    ]  # fmt: skip


@pytest.mark.parametrize("cell", [True, 1.5, -3, 1e15])
def test_numbers_that_are_no_ids(cell: float) -> None:
    """Only a whole number of up to 15 digits is one."""
    with pytest.raises(BadCell):
        read_id(cell)
