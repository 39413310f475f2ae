"""Charts seen by their pixels and by what was written where."""

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image

from kpis.charts import draw as drawing
from kpis.charts.draw import draw
from kpis.charts.picture import Picture
from kpis.charts.sheet import Sheet
from kpis.charts.style import HEIGHT


def pixels(picture: Picture) -> np.ndarray:
    """Return height × width × RGB, read by another library than the one that wrote it."""
    with Image.open(io.BytesIO(draw(picture))) as image:
        image.load()
        assert image.format == "PNG"
        assert image.mode == "RGB"
        return np.asarray(image)


def find_colour(image: np.ndarray, colour: str) -> np.ndarray:
    """Return where the picture has exactly this colour, “#0072b2”."""
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return (image == np.array(wanted, np.uint8)).all(axis=2)


@dataclass(frozen=True)
class Written:
    """A text and the box that its small letters and capitals fill."""

    words: str
    left: float
    right: float
    bottom: float
    top: float

    def overlaps(self, other: "Written") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.top <= other.bottom or other.top <= self.bottom)


class WatchedSheet(Sheet):
    """Remembers what was written where."""

    written: list[Written]

    def __init__(self, height: int = HEIGHT) -> None:
        super().__init__(height)
        self.written = []

    def text(self, x, y, words, size, colour="#1a1a1a", *, bold=False, align="left"):
        assert size >= 28, "20 points at 100 dots an inch: phones cannot read less"
        width = self.measure(words, size, bold)
        left = {"left": x, "center": x - width / 2, "right": x - width}[align]
        if words:
            self.written.append(Written(words, left, left + width, y, y + size * 0.7))
        super().text(x, y, words, size, colour, bold=bold, align=align)

    def watch(self, picture: Picture) -> list[Written]:
        """Draw a picture and return what was written."""
        self.written = []
        self.clear()
        drawing._KINDS[picture.kind](self, picture)
        return self.written
