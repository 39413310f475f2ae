"""``/kpi labels``: how far labelling is, mentions to look over, themes; to the asker alone."""

from __future__ import annotations

import re

from commands.asker import Asker, tell_blocks
from commands.context import Context
from commands.rights import require_member
from commands.saying import say
from commands.tongues import language_of_person
from storage.errors import KepiError

ASIDES = ("theme", "themes", "ambassador", "ambassadors")
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
        elif words.strip(" .?!").lower() in ("", "status"):
            await show(context, asker, key=key)
        elif words.strip(" .?!").lower() in ASIDES:
            await show_aside(context, asker, words.strip(" .?!").lower(), key=key)
        else:
            raise KepiError(
                "I don’t know “{words}” here. /kpi labels shows how far labelling is; also: "
                "/kpi labels themes, /kpi labels ambassadors, /kpi labels languages en sv.",
                words=words.strip()[:40],
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


async def show_aside(context: Context, asker: Asker, which: str, *, key: str = "") -> None:
    """Show the themes of negative mentions, or who keeps praising."""
    from commands.sentiment.asides import compose_ambassadors, compose_themes, read_learnt

    learnt = await context.read(read_learnt, context.home.workspace, context.clock())
    if which.startswith("theme"):
        text, blocks = compose_themes(learnt.themes)
    else:
        text, blocks = compose_ambassadors(learnt.fans)
    await tell_blocks(context, asker, text, blocks, key=f"labels:{which}:{key}" if key else "")


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
