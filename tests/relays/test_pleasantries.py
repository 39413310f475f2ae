"""Thanks, hello and ok in five languages; in doubt it is not one (support-spec §3.2)."""

from __future__ import annotations

import random

import pytest

from support.pleasantries import is_polite, lexicon_of

ALL = ("en", "vi", "id", "sv", "zh")

POLITE = """
    en | thanks
    en | Thanks!
    en | THANK YOU SO MUCH
    en | thank you so much for your quick reply
    en | thanks again :)
    en | thankssss
    en | heyyy
    en | ok
    en | Ok, got it.
    en | hello team
    en | good morning everyone
    en | you're welcome
    en | You’re welcome
    en | no worries
    en | great, thanks and have a nice day
    en | thanks :tada:
    en | thanks :party-parrot:
    en | <@U1> thanks
    en | <@U1|omar> <!here> thank you &amp; bye
    en | *thanks*
    en | thanks <3
    en | thanks &lt;3
    en | thanks :D
    en | 👍
    en | 🙏🏽
    en | :+1::skin-tone-3:
    en | :pray: :tada:
    en | <@U1> :heart:
    vi | cảm ơn
    vi | cảm ơn bạn!
    vi | Cám ơn shop nhiều ạ
    vi | dạ em cảm ơn chị ạ
    vi | xin chào
    vi | cam on ban nhieu
    vi | ok bạn nhé
    vi | không có gì
    vi | được rồi, cảm ơn
    vi | chúc một ngày tốt lành
    id | terima kasih!
    id | Makasih banyak ya kak
    id | terimakasih atas bantuannya
    id | siap, makasih min
    id | sama-sama
    id | selamat pagi kak
    id | oke sip
    id | makasihhhh
    sv | tack
    sv | Tack så mycket!
    sv | tack så jättemycket för hjälpen
    sv | hej hej
    sv | god morgon
    sv | okej, tack
    sv | trevlig helg
    sv | varsågod
    sv | toppen, tack!
    zh | 谢谢
    zh | 谢谢！
    zh | 謝謝你們
    zh | 好的，谢谢你们
    zh | 好的謝謝
    zh | 你好
    zh | 早上好
    zh | 收到，辛苦了
    zh | 沒問題
    zh | 不客气
    zh | 谢谢啦~
    zh | 非常感謝您的協助 🙏
    all | ok谢谢
    all | ok terima kasih
    all | hi, cảm ơn bạn
    all | 谢谢 thank you tack
"""

NOT_POLITE = """
    en | thanks, but it still fails?
    en | thanks, but it still fails
    en | ok not ok
    en | thanks 5 times
    en | thanks?
    en | hello??
    en | ok？
    en | thank you but no
    en | thanks for nothing
    en | hi, my order never came
    en | team
    en | a lot
    en | please
    en | please help
    en | help
    en | yes
    en | no
    en | still
    en | thanks in advance
    en | ok again
    en | thanks :(
    en | thanks :/
    en | ok :x:
    en | thanks ❓
    en | :question:
    en | :party-parrot:
    en | 🥑
    en | 👍👎
    en | <@U1>
    en | `ok`
    en | thanks https://x.com/a
    en | <https://x.com/a|thanks>
    en | thanks acme.com
    en | thanks $
    en | thanks thanks thanks thanks thanks thanks thanks thanks thanks
    en | thanksnot
    en | 1
    en | ...
    en | thanks², really
    vi | cảm ơn nhưng vẫn lỗi
    vi | cảm ơn bạn, bao giờ có hàng
    vi | không
    vi | không được
    vi | được không
    vi | bạn ạ
    vi | cảm
    vi | ơn
    vi | cho mình hỏi
    id | terima kasih, tapi masih error
    id | belum
    id | tidak baik
    id | kak
    id | makasih, kapan sampai
    id | sama2
    sv | tack men det funkar inte
    sv | inte bra
    sv | nej
    sv | hej, var är mitt paket
    sv | snälla
    sv | ja tack
    zh | 谢谢，还是不行
    zh | 不好
    zh | 不行
    zh | 好了吗
    zh | 可以吗
    zh | 謝謝，請問何時到貨
    zh | 你好，我的订单没收到
    zh | 大家
    zh | 谢谢3次
    zh | 没有
"""


def cases(drawn: str) -> list[tuple[str, str]]:
    return [
        tuple(part.strip() for part in line.split("|", 1))  # type: ignore[misc]
        for line in drawn.strip().splitlines()
    ]


def spoken(language: str) -> tuple[str, ...]:
    return ALL if language == "all" else (language,)


@pytest.mark.parametrize(("language", "text"), cases(POLITE))
def test_a_pleasantry_asks_for_nothing(language: str, text: str) -> None:
    """Every word or phrase is thanks, hello or ok in an enabled language."""
    assert is_polite(text, spoken(language))
    assert is_polite(text, ALL)


@pytest.mark.parametrize(("language", "text"), cases(NOT_POLITE))
def test_in_doubt_it_is_not_a_pleasantry(language: str, text: str) -> None:
    """One word too many, a question mark, a digit, a link, code, a sour face."""
    assert not is_polite(text, ALL)


@pytest.mark.parametrize(
    ("text", "language"),
    [("tack så mycket", "sv"), ("terima kasih", "id"), ("cảm ơn bạn", "vi"), ("谢谢", "zh")],
)
def test_only_enabled_languages_are_read(text: str, language: str) -> None:
    """A language that a channel does not speak hides nothing there."""
    assert is_polite(text, (language,))
    assert not is_polite(text, tuple(it for it in ALL if it != language))
    assert not is_polite(text, ())


def test_a_file_is_never_a_pleasantry() -> None:
    """“Thanks” under a screenshot may be about the screenshot."""
    assert is_polite("thanks", ALL)
    assert not is_polite("thanks", ALL, has_file=True)


def test_nothing_said_is_no_pleasantry() -> None:
    """An empty text is not thanks."""
    assert not is_polite("", ALL)
    assert not is_polite("   \n", ALL)


def test_eight_words_and_sixty_letters_are_the_most() -> None:
    """What is longer than a thanks is not one, whatever its words."""
    assert is_polite(" ".join(["thanks"] * 8), ALL)
    assert not is_polite(" ".join(["thanks"] * 9), ALL)
    assert is_polite(" ".join(["appreciated"] * 5), ALL)  # 59 letters
    assert not is_polite(" ".join(["appreciated"] * 5) + " ok", ALL)  # 62


def test_chinese_is_cut_into_whole_phrases() -> None:
    """A phrase may not be made of the ends of two others, nor leave a sign over."""
    assert is_polite("好的谢谢你们辛苦了", ALL)
    assert not is_polite("谢谢你们的", ALL)
    assert not is_polite("的谢谢", ALL)


def test_any_strange_word_beside_thanks_is_read_as_a_request() -> None:
    """2,000 drawn words beside a thanks: unless the lexicon has them, it is no pleasantry."""
    dice = random.Random(5)
    known = lexicon_of(ALL).known
    for _ in range(2000):
        word = "".join(
            dice.choice("abcdefghijklmnoprstuvåäöđơư") for _ in range(dice.randint(2, 9))
        )
        if word not in known and not has_runs(word):
            assert not is_polite(f"thanks {word}", ALL), word
            assert not is_polite(f"{word} tack", ALL), word


def has_runs(word: str) -> bool:
    return any(word[at] == word[at + 1] == word[at + 2] for at in range(len(word) - 2))


def test_it_reads_hostile_texts_without_trouble() -> None:
    """Long runs of anything, half markup, lone surrogates: an answer, and soon."""
    hostile = ("<@" * 5000, ":" * 5000, "thanks " * 5000, "\ud800", "<3" * 100, "a" * 399)
    for text in (*hostile, "👍" * 300):
        assert is_polite(text, ALL) in (True, False)
