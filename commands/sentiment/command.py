"""``/kpi labels``: how far labelling is, and mentions to look over; to the asker alone."""

from __future__ import annotations

import re

from commands.asker import Asker, tell_blocks
from commands.context import Context
from commands.rights import require_member
from commands.saying import say
from commands.tongues import language_of_person
from storage.errors import KepiError

LANGUAGES = re.compile(r"^languages?\b[\s:]*", re.IGNORECASE)


def guests() -> str:
    return say("Guests can’t see or label mentions. A member of the workspace can.")


async def answer(
    context: Context, asker: Asker, words: str, *, trigger: str = "", key: str = ""
) -> None:
    """Answer the asker alone; ``words`` are those after the first one, ``key`` names the asking."""
    from kpis.tongue import speaking

    with speaking(await language_of_person(context, asker.user)):
        await require_member(context, asker.user, guests())
        chosen = LANGUAGES.match(words)
        if chosen:
            said = await choose_languages(context, asker, words[chosen.end() :])
            await show(context, asker, said, key=key)
        elif words.strip(" .?!") in ("", "status"):
            await show(context, asker, key=key)
        else:
            raise KepiError(
                say(
                    "I don’t know “{words}” here. /kpi labels shows how far labelling is; "
                    "/kpi labels languages en sv says which languages mentions are in.",
                    words=words.strip()[:40],
                )
            )


async def choose_languages(context: Context, asker: Asker, words: str) -> str:
    """Keep which languages mentions are in, and say so."""
    from kpis.sentiment import choosing
    from kpis.tongue import LANGUAGES as NAMES

    chosen = await context.write(
        choosing.choose_languages, context.home.workspace, words, asker.user, context.clock()
    )
    return say(
        "Mentions are read as {languages} from now on.",
        languages=", ".join(NAMES[it] for it in chosen),
    )


async def show(
    context: Context, asker: Asker, said: str = "", *, replace: bool = False, key: str = ""
) -> None:
    """Show the page as it is now; ``said`` is what was just done."""
    from commands.sentiment.page import compose, read_labels

    await require_member(context, asker.user, guests())
    seen = await context.read(read_labels, context.home.workspace, context.clock())
    text, blocks = compose(seen, said)
    await tell_blocks(
        context, asker, text, blocks, replace=replace, key=f"labels:{key}" if key else ""
    )
