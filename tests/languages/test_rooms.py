"""What people keep with Kepi, own KPIs, tests, declared values, is told in their language."""

from __future__ import annotations

from tests.languages.test_in_slack import ask
from tests.languages.test_in_slack import mixed as mixed
from tests.slack.conftest import Town


def small_lines(town: Town, who: str, where: str) -> list[str]:
    """Return the grey lines of the last message, one an element."""
    blocks = town.person(who).bot_said(where)[-1].blocks
    return [part["text"] for it in blocks if it["type"] == "context" for part in it["elements"]]


async def test_own_kpis_are_kept_and_listed_in_the_reader_s_language(mixed: Town) -> None:
    """Words, numbers and days are the reader's; names are as they were given."""
    said = await ask(mixed, "omar", "/kpi own new “Tal & möten”", "#marketing")
    assert "Tal &amp; möten är nu ett av era nyckeltal. Fråga: /kpi tal &amp; möten" in said.text
    kept = await ask(mixed, "omar", "/kpi own add tal & möten 1250000 on 2026-11-12", "#marketing")
    assert "1\u00a0250\u00a0000 den 12 nov. 2026" in kept.text
    listed = await ask(mixed, "omar", "/kpi own", "#marketing")
    assert "1 eget nyckeltal." in listed.text
    assert "summeras" in listed.words
    assert small_lines(mixed, "omar", "#marketing") == ["Ta bort ett: /kpi own remove NAMN"]
    back = await ask(mixed, "mia", "/kpi own", "#marketing")
    assert "1 KPI of your own." in back.text
    assert "Newest: 1,250,000 on 12 Nov 2026" in back.words


async def test_a_kpi_that_comes_back_says_so_in_one_line(mixed: Town) -> None:
    await ask(mixed, "mia", "/kpi own new “Talks”", "#marketing")
    gone = await ask(mixed, "mia", "/kpi own remove talks", "#marketing")
    await mixed.mia.press(gone, "own_restore")
    await mixed.quiet()
    assert small_lines(mixed, "mia", "#marketing")[0] == "It is back."


async def test_what_cannot_be_kept_is_refused_in_the_asker_s_language(mixed: Town) -> None:
    for words, why in {
        "/kpi own new “Kvot” = likes ÷": "Formeln slutar för tidigt. Skriv den som:",
        "/kpi own add tal 3": "det finns inga ännu",
        "/kpi test 77": "Det finns inget test 77.",
        "/kpi tests": "Inga test ännu.",
        "/kpi actions": "Inget är påtaget ännu.",
        "/kpi audience": "Ingen målgrupp ännu.",
        "/kpi rate instagram 6.50 EUR": "Ett pris är en cpm eller en cpc.",
        "/kpi value margin 40": "Marginal är en andel: skriv 40 % eller 0.4.",
        "/kpi labels languages klingon": "Jag känner inget språk “klingon” i omnämnanden.",
    }.items():
        await mixed.omar.command(words, "#marketing")
        await mixed.quiet()
        shown = [it.words for it in mixed.omar.bot_said("#marketing")[-1:]]
        if words == "/kpi test 77":
            shown = [(await mixed.omar.await_view("77")).words]
        assert why in shown[0], f"{words} → {shown}"


async def test_a_test_is_begun_and_shown_in_the_reader_s_language(mixed: Town) -> None:
    begun = await ask(
        mixed, "omar", "/kpi test “Knapp” ctr: red 240/4000 / blue 400/4000", "#marketing"
    )
    assert begun.text.startswith("Påbörjat: Knapp.")
    await mixed.omar.press(begun, "test_open:1")
    view = await mixed.omar.await_view("Avsluta")
    assert view.title == "Test"
    assert "Test 1 · hör till" in view.words
    await mixed.omar.press(view, "test_end:1")
    ended = await mixed.omar.await_view("Avslutat: Knapp.")
    assert "Ångra" in ended.words
    await mixed.omar.command("/kpi test new", "#marketing")
    form = await mixed.omar.await_view("Vad som avgör")
    assert form.title == "Nytt test"
    values = {"name": "Knapp", "arms": "red 1/20 / blue 2/20", "of": "counts"}
    await mixed.omar.submit(form, values)
    assert form.errors == {}
    await mixed.quiet()
    assert "Det finns redan ett test med det namnet." in mixed.omar.bot_said("#marketing")[-1].words
