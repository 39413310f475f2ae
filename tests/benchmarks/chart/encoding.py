"""Encoding a finished chart: our writer beside what savefig does."""

import io
import zlib
from functools import partial
from typing import Any

from kpis.charts.png import encode
from tests.benchmarks.chart.engines import plain_figure
from tests.benchmarks.plan import peer
from tests.benchmarks.rounds import Times, Turn, race

SAVEFIG, STDLIB, ISAL = "savefig's", "ours, zlib", "ours, isal"


def race_encoders(rounds: int) -> Times:
    """Return the times of encoding the same pixels."""
    import numpy as np
    from PIL import Image

    _, canvas = plain_figure()
    canvas.draw()
    pixels: Any = np.asarray(canvas.buffer_rgba()).copy()

    def as_savefig() -> bytes:
        """What ``Figure.savefig`` does with its pixels."""
        out = io.BytesIO()
        Image.fromarray(pixels).save(out, format="png")
        return out.getvalue()

    encoders: dict[str, Turn] = {
        SAVEFIG: as_savefig,
        STDLIB: partial(encode, pixels, lambda data: zlib.compress(data, 1)),
    }
    if peer("isal"):
        encoders[ISAL] = partial(encode, pixels)
    return race(encoders, rounds)
