"""``/kpi language``, ``/kpi language svenska``, ``/kpi language default svenska``."""

from __future__ import annotations

import re
import unicodedata

from commands.asker import Asker, tell
from commands.context import Context
from commands.rights import require_admin, require_member
from commands.saying import say
from commands.tongues import (
    EVERYWHERE,
    key_of,
    language_of_channel,
    language_of_person,
)
from storage.errors import KepiError

EVERYONES = re.compile(r"^\W*(?:default|everywhere|workspace)\b[\s:]*", re.IGNORECASE)
NAMES = {
    "en": ("english", "engelska", "inggris", "tieng anh", "英文", "英语", "英語"),
    "vi": ("tieng viet", "viet", "vietnamese", "vietnamesiska", "vietnam", "越南文", "越南语"),
    "id": ("bahasa indonesia", "bahasa", "indonesia", "indonesian", "indonesiska", "印尼文"),
    "sv": ("svenska", "swedish", "swedia", "tieng thuy dien", "瑞典文", "瑞典语"),
    "zh": ("中文", "chinese", "kinesiska", "tionghoa", "mandarin", "tieng trung", "汉语", "漢語"),
}
"""What people call each language, in all five and without accents."""
GUESTS = "Guests can’t choose the language of a channel. A member can."
OWN = "You read Slack in {mine}: that is what I answer you in privately."
HERE = "Here everyone is answered in {language}."
HOW = "Choose another: /kpi language {names}"
UNKNOWN = "I don’t speak “{word}”. I speak {names}: /kpi language svenska"
DIRECT = (
    "Here I answer in the language that you read Slack in. "
    "In a channel, /kpi language svenska chooses one for everyone."
)
CHOSEN = "From now on everyone here is answered in {language}."
CHOSEN_DEFAULT = "Channels that did not choose a language are answered in {language} from now on."


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Tell the asker alone which languages are spoken here, or choose the channel's."""
    from kpis.tongue import speaking

    with speaking(await language_of_person(context, asker.user)):
        await require_member(context, asker.user, say(GUESTS))
        about_all = EVERYONES.match(words)
        wanted = words[about_all.end() :] if about_all else words
        if not wanted.strip(" .?!"):
            await show(context, asker)
        elif about_all:
            await require_admin(context, asker.user)
            language = await keep(context, asker, EVERYWHERE, read_language(wanted))
            await tell(context, asker, say(CHOSEN_DEFAULT, language=language))
        else:
            await choose_here(context, asker, read_language(wanted))


async def show(context: Context, asker: Asker) -> None:
    """Say which language the asker and everyone here are answered in."""
    from kpis.tongue import LANGUAGES, spoken

    lines = [say(OWN, mine=LANGUAGES[spoken()])]
    if not asker.is_direct and asker.channel:
        here = await language_of_channel(context, asker.channel)
        lines.append(say(HERE, language=LANGUAGES[here]))
    lines.append(say(HOW, names=" | ".join(it.lower() for it in LANGUAGES.values())))
    await tell(context, asker, "\n".join(lines))


async def choose_here(context: Context, asker: Asker, language: str) -> None:
    """Choose the language of the channel; where Kepi is alone with somebody there is none."""
    channel = await context.channels.find(asker.channel)
    if asker.is_direct or channel.is_direct:
        raise KepiError(DIRECT)
    name = await keep(context, asker, key_of(asker.channel), language)
    await tell(context, asker, say(CHOSEN, language=name))


async def keep(context: Context, asker: Asker, key: str, language: str) -> str:
    """Keep a choice, and return the language's own name."""
    from kpis.tongue import LANGUAGES
    from storage.settings import change

    home, at = context.home.workspace, context.clock()
    channel = "" if key == EVERYWHERE else asker.channel
    await context.write(change, home, "language", language, asker.user, at, channel=channel)
    return LANGUAGES[language]


def read_language(words: str) -> str:
    """Return the language that words name; raises ``KepiError`` for any other."""
    from kpis.tongue import LANGUAGES

    said = plain(words.strip(" .?!\"'“”"))
    for key, names in NAMES.items():
        if said == key or said in names:
            return key
    spoken = ", ".join(LANGUAGES.values())
    raise KepiError(UNKNOWN, word=words.strip()[:40], names=spoken)


def plain(words: str) -> str:
    """Return words in small letters without accents: “Tiếng Việt” → “tieng viet”."""
    letters = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    return "".join(it for it in letters if not unicodedata.combining(it))
