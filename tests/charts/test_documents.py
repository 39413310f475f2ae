"""Documents: pages whose words can be read back, printed beside the loop, always the same."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest
from charts_awkward import LINE, LONG, SCRIPTS
from charts_compared import GOAL, MULTIPLES
from documents_drawn import DIGEST, LONG_DOCUMENT
from PIL import Image
from pypdf import PdfReader

from kpis.charts.document import Document, Section, print_document
from kpis.charts.draw import draw
from kpis.charts.workers import ChartFailed, ChartWorkers

_print_once = cache(print_document)


def read(document: Document) -> PdfReader:
    """Return the document as another library reads it; each is printed once."""
    return PdfReader(io.BytesIO(_print_once(document)))


def list_pages(document: Document) -> list[str]:
    return [page.extract_text() for page in read(document).pages]


def test_a_digest_can_be_read_back_word_by_word():
    text = " ".join(" ".join(list_pages(DIGEST)).split())
    for section in DIGEST.sections:
        assert section.heading in text
        for row in section.rows:
            assert " ".join(row) in text
        for paragraph in section.paragraphs:
            assert " ".join(paragraph.split()) in text
    assert DIGEST.title in text
    assert DIGEST.subtitle in text


@pytest.mark.parametrize(
    "script",
    [
        *("Swedish", "Vietnamese", "simplified Chinese", "traditional Chinese", "Japanese"),
        *("Korean", "Russian", "Greek", "signs"),
    ],
)
@pytest.mark.parametrize("place", ["title", "heading", "paragraph", "row", "footnote"])
def test_every_script_is_selectable_wherever_it_stands(script, place):
    words = SCRIPTS[script]
    section = Section(
        words if place == "heading" else "Heading",
        (words if place == "paragraph" else "Paragraph",),
        ((words if place == "row" else "Row", "1"),),
    )
    title, foot = (words if place == it else "" for it in ("title", "footnote"))
    assert words in " ".join(list_pages(Document(title or "Title", "", (section,), foot)))


@pytest.mark.parametrize(
    ("language", "number"),
    [("en", "Page 1 of 1"), ("sv", "Sida 1 av 1"), ("zh", "第 1 页，共 1 页")],
)
def test_pages_are_numbered_in_the_language_of_the_document(language, number):
    """Wherever it is printed, though nothing else in it is of that language's script."""
    (page,) = list_pages(Document("T", "", (), "", language=language))
    assert number in page


def test_hebrew_is_written_from_the_right_beside_numbers_that_are_not():
    """The reader puts what goes from the right into the order of speech, word by word."""
    page, *_ = list_pages(Document("T", "", (Section("H", ("חשיפה 123",), (("חשיפה", "1"),)),), ""))
    assert "123 חשיפה" in page
    assert "חשיפה 1" in page


def test_the_fonts_are_in_the_file():
    """What is read on another machine looks the same there."""
    embedded = set()
    for page in read(DIGEST).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())
            assert "/ToUnicode" in font.get_object()
            embedded.add(str(inner["/BaseFont"]).split("+")[1])
    assert {"NotoSans", "NotoSansCJKSC", "NotoEmoji"} <= embedded


def test_pages_are_upright_a4_numbered_and_footed():
    pages = read(LONG_DOCUMENT).pages
    for number, page in enumerate(pages, start=1):
        assert [round(float(it)) for it in page.mediabox[2:]] == [595, 842]
        assert f"Page {number} of {len(pages)}" in page.extract_text()
        assert LONG[:40] in page.extract_text()
    assert len(read(DIGEST).pages) == 2


def test_the_file_says_what_it_is_and_in_which_language():
    reader = read(DIGEST)
    assert reader.metadata is not None
    assert reader.metadata.title == DIGEST.title
    assert reader.metadata.creation_date == DIGEST.made
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "en"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    headings = [it["/Title"] for it in reader.outline]
    assert headings == [it.heading for it in DIGEST.sections if it.heading]


def test_a_digest_is_small_enough_to_be_sent():
    assert len(print_document(DIGEST)) < 500_000
    assert len(print_document(LONG_DOCUMENT)) < 1_000_000


def test_the_same_document_is_the_same_bytes_and_its_time_is_its_own():
    assert print_document(DIGEST) == print_document(DIGEST)
    later = replace(DIGEST, made=datetime(2026, 11, 30, 8, 0, tzinfo=UTC))
    assert print_document(later) != print_document(DIGEST)


def test_pictures_are_those_of_the_message_and_have_their_words():
    """The very pixels, at the width of the words, each with its alternative text."""
    reader = read(DIGEST)
    images = [image for page in reader.pages for image in page.images]
    for image, picture in zip(images, (MULTIPLES, GOAL), strict=True):
        with Image.open(io.BytesIO(draw(picture))) as drawn:
            assert image.image is not None
            assert image.image.convert("RGB").tobytes() == drawn.tobytes()
    alternatives = [
        it.get_object().get("/Alt")
        for it in reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()["/K"]
    ]
    assert alternatives == ["Reach, Instagram 18,900, up 12 %.", GOAL.title]


def test_numbers_of_a_table_end_below_each_other():
    rows = (("Reach", "18,900", "+12 %"), ("A much longer name", "7", "−4 %"))
    page = read(Document("T", "", (Section("H", rows=rows),), "")).pages[0]
    lines = page.extract_text(extraction_mode="layout").splitlines()
    first, second = (line for line in lines if "Reach" in line or "longer" in line)
    assert first.index("18,900") + 6 == pytest.approx(second.index("7") + 1, abs=1)
    assert len(first.rstrip()) == pytest.approx(len(second.rstrip()), abs=1)


def test_a_heading_and_its_few_words_stay_with_their_picture():
    sections = (
        Section(paragraphs=("Words. " * 560,)),
        Section("Goal", ("Behind by 30 a day.",), pictures=(LINE,)),
    )
    (_, page) = read(Document("T", "", sections, "")).pages
    assert "Goal" in page.extract_text()
    assert "Behind by 30 a day." in page.extract_text()
    assert len(page.images) == 1


def test_long_tables_go_on_over_pages_and_lose_no_row():
    rows = tuple((f"Row {at:03d}.", f"{at * 7:,}") for at in range(200))
    text = " ".join(list_pages(Document("T", "", (Section("H", rows=rows),), "")))
    assert [it for it in rows if f"{it[0]} {it[1]}" not in text] == []


@pytest.mark.parametrize(
    "document",
    [
        Document("", "", (), ""),
        Document("Title", "", (Section(),), ""),
        Document("Title", "", (Section(rows=((),)),), ""),
        Document("Title", "", (Section(paragraphs=("",)), Section(rows=(("a",), ("b", "c")))), ""),
        Document("Title", "", (Section(rows=(tuple("123456789"),)),), ""),
        Document("T" * 900, "S" * 900, (Section("H" * 900, ("P" * 9000,), (("R" * 900,),)),), "F"),
        Document("Title", "", (Section(rows=(("Name", *[f"{LONG}"] * 5),)),), ""),
        Document("\ud800\x00", "\u2028", (Section("\t", ("𓀀 \ufeff", "**b**")),), "{nb}"),
        Document("Title", "", (Section(paragraphs=tuple(SCRIPTS.values())),), "x"),
    ],
    ids=[
        *("nothing", "empty", "no cells", "ragged", "many columns"),
        *("endless words", "wide", "odd", "all"),
    ],
)
def test_awkward_documents_are_printed(document):
    assert read(document).pages


def test_words_are_no_mark_up():
    (page,) = list_pages(Document("*T*", "", (Section("_H_", ("**not** --bold-- `x` <b>",)),), ""))
    assert "**not** --bold-- `x` <b>" in page


async def test_a_worker_prints_what_this_process_would_and_draws_on():
    async with ChartWorkers(1) as workers:
        assert await workers.print(DIGEST) == print_document(DIGEST)
        assert await workers.draw(LINE) == draw(LINE)


async def test_what_cannot_be_printed_fails_and_the_worker_stays():
    broken = replace(DIGEST, sections=(Section(pictures=(None,)),))  # type: ignore[arg-type]
    async with ChartWorkers(1) as workers:
        await workers.warm()
        before = list(workers.pids)
        with pytest.raises(ChartFailed, match="kind"):
            await workers.print(broken)
        assert (await workers.print(Document("T", "", (), ""))).startswith(b"%PDF")
        assert list(workers.pids) == before
