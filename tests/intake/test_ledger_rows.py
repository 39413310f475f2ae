"""Entries go into the ledger and come back as they were, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from storage import ledger
from storage.database import Database
from storage.workspaces import only_workspace
from support.entries import Act, Entry, Kind, Role, Said
from support.ledger_rows import pack, unpack

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TEXTS = st.text(max_size=30)
SAID = st.builds(
    Said,
    customer=TEXTS,
    polite=st.booleans(),
    asks=st.booleans(),
    note=st.booleans(),
    mentions=st.lists(TEXTS, max_size=3).map(tuple),
    links=st.lists(TEXTS, max_size=3).map(tuple),
    conversation=TEXTS,
    url=TEXTS,
    source_at=st.none() | st.integers(0, 2**53),
)
ENTRIES = st.builds(
    Entry,
    key=TEXTS,
    kind=st.sampled_from(Kind),
    channel=TEXTS,
    at=st.integers(0, 2**53),
    ts=TEXTS,
    root=TEXTS,
    actor=TEXTS,
    role=st.sampled_from(Role),
    name=TEXTS,
    said=st.none() | SAID,
    more=st.dictionaries(TEXTS, TEXTS | st.integers(0, 2**53), max_size=3),
    low=st.none() | st.integers(0, 2**53),
    late=st.booleans(),
)


@given(entry=ENTRIES)
def test_what_is_packed_is_unpacked(entry: Entry) -> None:
    """Every field, whatever it holds."""
    assert unpack(pack(entry)) == entry


def test_nothing_is_written_where_there_is_nothing_to_say() -> None:
    """Most entries are marks: their details are an empty text."""
    assert pack(Entry("k", Kind.MARK, "C1", 1)).details == ""


def test_entries_come_back_from_the_database(database: Database) -> None:
    """On both kinds, with their ids."""
    entries = [
        Entry(
            "m|T|C1|1.5",
            Kind.MESSAGE,
            "C1",
            1_500_000,
            "1.5",
            "1.5",
            "U1",
            Role.CUSTOMER,
            said=Said(customer="x:lena_k", mentions=("U2",), source_at=7),
        ),
        Entry("i|1", Kind.ACT, "C1", 2, name=Act.ASSIGN, more={"to": "U2", "until": 5}, low=1),
    ]
    with database.write() as connection:
        workspace = only_workspace(connection).id
        ledger.append(connection, workspace, [pack(it) for it in entries], NOW)
    with database.read() as connection:
        found = [unpack(row) for row in ledger.since(connection, workspace, "C1", 0)]
    assert [it.id > 0 for it in found] == [True, True]
    from dataclasses import replace

    assert [replace(it, id=0) for it in found] == entries
