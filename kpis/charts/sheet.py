"""A sheet of paper and a pen: shapes and text in pixels, drawn straight on Agg.

Everything a chart draws goes through here, so only this file (and ``style``) calls matplotlib.
There are no figures, axes or artists: nothing to lay out, and nothing of one chart that could
stay for the next. Positions are pixels from the lower left corner.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from kpis.charts.style import HEIGHT, INK, OTHER_FAMILIES, TEXT_FAMILY, WHITE, WIDTH, load_fonts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Spot = tuple[float, float]

_ELLIPSIS = "…"
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_PILED = re.compile("([\u0300-\u036f]{3})[\u0300-\u036f]+")
"""More accents on one letter than any language has: they would climb over the lines above."""
_IN_TEXT_FAMILY = re.compile(r"[ -~\u00a0-\u052f\u1e00-\u1eff\u2010-\u2027\u20ac\u2212]*")
"""What Noto Sans holds: Latin with Vietnamese, Greek, Cyrillic and the usual signs."""


class Sheet:
    """A picture that this process draws again and again; ``clear`` makes it white again."""

    def __init__(self, height: int = HEIGHT) -> None:
        import matplotlib as mpl
        from matplotlib.backends.backend_agg import RendererAgg
        from matplotlib.font_manager import FontProperties
        from matplotlib.path import Path
        from matplotlib.transforms import Affine2D, IdentityTransform

        mpl.rcParams["text.hinting"] = "none"
        load_fonts()
        self.height = height
        self._path, self._affine = Path, Affine2D
        self._font = FontProperties
        self._identity = IdentityTransform()
        # At 72 dots an inch a point is a pixel.
        self._agg: Any = cast(Any, RendererAgg)(WIDTH, height, 72)
        self._markers = _make_markers(Path)
        self.measure = lru_cache(4096)(self._measure)
        """Return the width of a text in pixels."""
        self._choose_font = lru_cache(64)(self._make_font)

    def clear(self) -> None:
        """Make the whole sheet white, and so opaque."""
        self.box(0, 0, WIDTH, self.height, WHITE)

    def pixels(self) -> "NDArray[np.uint8]":
        """Return the picture so far, height × width × RGBA; it is drawn over by the next."""
        import numpy as np

        return np.asarray(self._agg.buffer_rgba())

    def line(
        self,
        spots: Sequence[Spot],
        colour: str,
        width: float,
        dash: tuple[float, ...] = (),
    ) -> None:
        """Draw a line through the spots."""
        gc = self._pen(colour, width, dash)
        gc.set_capstyle("butt" if dash else "round")
        self._agg.draw_path(gc, self._path(spots), self._identity)

    def rule(
        self, start: Spot, end: Spot, colour: str, width: float = 2, dash: tuple[float, ...] = ()
    ) -> None:
        """Draw a straight line, sharp where it is level or upright."""
        gc = self._pen(colour, width, dash)
        gc.set_snap(True)
        self._agg.draw_path(gc, self._path((start, end)), self._identity)

    def box(
        self,
        left: float,
        bottom: float,
        width: float,
        height: float,
        fill: str | None,
        *,
        edge: str | None = None,
        edge_width: float = 3,
        hatch: str | None = None,
    ) -> None:
        """Draw a rectangle; ``hatch`` is the colour of slanted lines over it."""
        corners = (
            (left, bottom),
            (left + width, bottom),
            (left + width, bottom + height),
            (left, bottom + height),
            (left, bottom),
        )
        gc = self._pen(edge or fill or INK, edge_width if edge else 0)
        gc.set_joinstyle("miter")
        gc.set_snap(True)
        if hatch:
            gc.set_hatch("/")
            gc.set_hatch_color(hatch)
            gc.set_hatch_linewidth(4)
        self._agg.draw_path(gc, self._path(corners, closed=True), self._identity, _rgb(fill))

    def area(self, spots: Sequence[Spot], fill: str) -> None:
        """Fill the shape that the spots go around."""
        path = self._path([*spots, spots[0]], closed=True)
        self._agg.draw_path(self._pen(fill, 0), path, self._identity, _rgb(fill))

    def mark(
        self, spots: Sequence[Spot], shape: str, size: float, fill: str, edge: str, width: float = 3
    ) -> None:
        """Draw the same small shape, ``size`` across, at each spot."""
        if not spots:
            return
        scale = self._affine().scale(size / 2)
        self._agg.draw_markers(
            self._pen(edge, width),
            self._markers[shape],
            scale,
            self._path(spots),
            self._identity,
            _rgb(fill),
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: int,
        colour: str = INK,
        *,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        """Write on the base line ``y``; ``align`` says what ``x`` is of the text."""
        if not words:
            return
        if align != "left":
            width = self.measure(words, size, bold)
            x -= width if align == "right" else width / 2
        font = self._choose_font(size, bold, _is_in_text_family(words))
        self._agg.draw_text(
            self._pen(colour, 0), round(x), round(self.height - y), words, font, 0.0
        )

    def fit(self, words: str, size: int, width: float, *, bold: bool = False) -> str:
        """Return the words, cut with an ellipsis where they are wider than ``width``."""
        if self.measure(words, size, bold) <= width:
            return words
        low, high = 0, len(words)
        while low < high:
            middle = (low + high + 1) // 2
            if self.measure(words[:middle].rstrip() + _ELLIPSIS, size, bold) <= width:
                low = middle
            else:
                high = middle - 1
        return words[:low].rstrip() + _ELLIPSIS

    def wrap(self, words: str, size: int, width: float, lines: int) -> list[str]:
        """Return the words on at most so many lines, the last one cut where need be."""
        done: list[str] = []
        rest = words.split(" ")
        while rest and len(done) < lines - 1:
            taken = 1
            while taken < len(rest) and self.measure(" ".join(rest[: taken + 1]), size) <= width:
                taken += 1
            done.append(self.fit(" ".join(rest[:taken]), size, width))
            rest = rest[taken:]
        return [*done, self.fit(" ".join(rest), size, width)] if rest else done

    def _measure(self, words: str, size: int, bold: bool = False) -> float:
        if not words:
            return 0.0
        font = self._choose_font(size, bold, _is_in_text_family(words))
        return float(self._agg.get_text_width_height_descent(words, font, False)[0])

    def _make_font(self, size: int, bold: bool, plain: bool) -> Any:
        families = [TEXT_FAMILY] if plain else [TEXT_FAMILY, *OTHER_FAMILIES]
        return self._font(family=families, size=size, weight=700 if bold else 400)

    def _pen(self, colour: str, width: float, dash: tuple[float, ...] = ()) -> Any:
        gc = self._agg.new_gc()
        gc.set_foreground(colour)
        gc.set_linewidth(width)
        if dash:
            gc.set_dashes(0, dash)
        return gc


def clean(words: str) -> str:
    """Return the words on one line, without what no font can draw."""
    return " ".join(_PILED.sub(r"\1", _UNPRINTABLE.sub(" ", words)).split())


def _is_in_text_family(words: str) -> bool:
    return _IN_TEXT_FAMILY.fullmatch(words) is not None


@lru_cache(256)
def _rgb(colour: str | None) -> tuple[float, float, float, float] | None:
    if colour is None:
        return None
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue, 1.0


def _make_markers(path: Any) -> dict[str, Any]:
    """Return shapes of about the same weight, two units across."""
    square = [(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85), (-0.85, -0.85)]
    triangle = [(-1, -0.8), (1, -0.8), (0, 1), (-1, -0.8)]
    diamond = [(0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0), (0, -1.15)]
    return {
        "circle": path.unit_circle(),
        "square": path(square, closed=True),
        "triangle": path(triangle, closed=True),
        "diamond": path(diamond, closed=True),
        "tip": path([(-1, 0.8), (1, 0.8), (0, -1), (-1, 0.8)], closed=True),
        "star": path.unit_regular_star(5, 0.45),
    }
