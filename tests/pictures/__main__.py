"""``python -m tests.pictures [NAME…]``: the pictures of all surfaces, or of some by their names.

Ends with 1 where a surface could not be shown, and names it; the others are written all the same.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.pictures.docs import MOST_IN_ALL, PICTURES, forgotten, shrink, write_page
from tests.pictures.stage import Stage, open_stage
from tests.pictures.surfaces import EVERY, SUNDAY, Surface


async def make(wanted: Sequence[str]) -> list[str]:
    """Make the pictures and return what went wrong."""
    PICTURES.mkdir(exist_ok=True)
    trouble: list[str] = []
    for is_empty in (True, False):
        surfaces = [it for it in EVERY if it.is_empty == is_empty]
        if wanted and not any(it.name in wanted for it in surfaces):
            continue
        with tempfile.TemporaryDirectory() as folder:
            async with open_stage(Path(folder), SUNDAY, empty=is_empty) as stage:
                for it in surfaces:
                    trouble += await picture(stage, it, wanted)
    return trouble


async def picture(stage: Stage, surface: Surface, wanted: Sequence[str]) -> list[str]:
    """Show one surface and keep its pictures; those that are not wanted may lead to others."""
    try:
        if surface.at > stage.slack.clock.instant():
            await stage.jump(surface.at)
        shown = await surface.show(stage)
        if not wanted or surface.name in wanted:
            files = await stage.shoot(shown, PICTURES, surface.name)
            print(surface.name, *map(shrink, files), flush=True)
    except Exception as fault:  # the other surfaces are shown all the same
        return [f"{surface.name}: {type(fault).__name__}: {fault}"]
    finally:
        await stage.close_forms()
    return []


def main() -> int:
    trouble = asyncio.run(make(sys.argv[1:]))
    for it in forgotten():
        it.unlink()
    write_page()
    total = sum(it.stat().st_size for it in PICTURES.glob("*.png"))
    print(f"{len(list(PICTURES.glob('*.png')))} pictures, {total:,} bytes")
    if total > MOST_IN_ALL:
        trouble.append(f"more than {MOST_IN_ALL:,} bytes in all")
    print(*trouble, sep="\n")
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
