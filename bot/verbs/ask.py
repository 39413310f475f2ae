"""``ask``: the very answer that ``/kpi`` gives, on the terminal."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from bot.verbs.home import open_home
from kpis.answers import Answer
from kpis.asking import Reply, Words
from kpis.asking import ask as ask_engine
from kpis.tongue import ENGLISH, LANGUAGES, joined, say, speaking
from kpis.wording import plain, row, shared_title
from storage.errors import KepiError


def ask(
    words: str,
    *,
    chart: Path | None,
    as_json: bool,
    team: str | None,
    language: str = ENGLISH,
) -> None:
    """Print the reply to ``words`` in a language; raises ``KepiError`` where there is none."""
    if language not in LANGUAGES:
        raise KepiError(f"“{language}” is no language of mine. I speak: {', '.join(LANGUAGES)}.")
    with speaking(language):
        tell(words, chart=chart, as_json=as_json, team=team)


def tell(words: str, *, chart: Path | None, as_json: bool, team: str | None) -> None:
    """Print the reply in the spoken language."""
    with open_home(team) as home:
        reply = ask_engine(
            words, database=home.database, workspace=home.workspace.id, now=home.clock()
        )
    if as_json:
        print(json.dumps(as_data(reply), ensure_ascii=False, indent=2))
    else:
        print(as_text(reply))
    if chart is not None:
        save_chart(reply, chart)


def as_text(reply: Reply) -> str:
    """Return the reply as lines; several answers are a small table, one line each."""
    if isinstance(reply, Words):
        return "\n".join([*reply.notes, reply.text])
    if len(reply.answers) == 1:
        return "\n".join([*reply.notes, plain(reply.answers[0])])
    return "\n".join([*reply.notes, shared_title(reply.answers), *map(as_line, reply.answers)])


def as_line(answer: Answer) -> str:
    """Return “Reach: 18,900 people, +12 %”."""
    name, *said = row(answer)
    return say("{name}: {value}", name=name, value=joined(said))


def as_data(reply: Reply) -> dict[str, Any]:
    """Return the reply as plain data: the Answers, or words."""
    if isinstance(reply, Words):
        return {"text": reply.text, "notes": list(reply.notes)}
    return {"answers": plain_data(reply.answers), "notes": list(reply.notes)}


def plain_data(thing: Any) -> Any:
    """Return dataclasses and named tuples as objects, moments as ISO text."""
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return {it.name: plain_data(getattr(thing, it.name)) for it in dataclasses.fields(thing)}
    if isinstance(thing, Enum):
        return thing.value
    if isinstance(thing, date | datetime):
        return thing.isoformat()
    if isinstance(thing, Mapping):
        return {str(key): plain_data(value) for key, value in thing.items()}
    if isinstance(thing, tuple) and hasattr(thing, "_asdict"):
        return {key: plain_data(value) for key, value in thing._asdict().items()}
    if isinstance(thing, list | tuple | set | frozenset):
        return [plain_data(each) for each in thing]
    return thing


def save_chart(reply: Reply, path: Path) -> None:
    """Draw the chart of the answer into a PNG file."""
    from commands.charts import picture_of
    from kpis.charts.workers import ChartFailed, ChartWorkers

    answers = () if isinstance(reply, Words) else reply.answers
    picture = picture_of(answers[0]) if len(answers) == 1 else None
    if picture is None:
        raise KepiError("There is no chart for this. Ask for one KPI, such as reach last week.")

    async def draw() -> bytes:
        async with ChartWorkers(1) as workers:
            return await workers.draw(picture)

    try:
        path.write_bytes(asyncio.run(draw()))
    except ChartFailed as fault:
        raise KepiError("The chart could not be drawn. The numbers stand.") from fault
    except OSError as fault:
        raise KepiError(f"{path} cannot be written: {fault.strerror}.") from fault
