"""Pictures on their way into messages and forms: drawn, uploaded, or done without."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from commands.calls import FAULTS
from commands.context import Context
from commands.files_upload import NotUploaded, upload_image

if TYPE_CHECKING:
    from kpis.charts.picture import Picture

log = logging.getLogger(__name__)


async def show_pictures(context: Context, pictures: Sequence[Picture], without: str) -> list[str]:
    """Return the file ids of all pictures, or none: half of them would stand at wrong places.

    ``without`` is what the log says where one cannot be drawn or uploaded.
    """
    from kpis.charts.workers import ChartFailed

    files = []
    try:
        for picture in pictures:
            data = await context.workers.draw(picture)
            files.append(await upload_image(context, data, picture.file_name, picture.alt_text))
    except (*FAULTS, NotUploaded, ChartFailed) as fault:
        log.warning(without, extra={"why": repr(fault)[:200]})
        return []
    return files


async def show_picture(context: Context, picture: Picture | None, without: str) -> str:
    """Return the file id of a picture, or nothing."""
    files = await show_pictures(context, [picture], without) if picture is not None else []
    return files[0] if files else ""
