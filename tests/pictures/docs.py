"""The page of pictures, and pictures small enough to keep."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageChops

from tests.pictures.stage import MOST_PIXELS, WIDTHS
from tests.pictures.surfaces import EVERY, Surface

FOLDER = Path(__file__).parents[2] / "docs"
PICTURES, PAGE = FOLDER / "pictures", FOLDER / "pictures.md"
MOST_BYTES, MOST_IN_ALL = 120_000, 4_000_000
HEAD = """\
# What people see

Every surface, as the playground shows it with sample data: at 1280 pixels, and at the 390 of a
phone. `make pictures` makes the pictures and this page; nothing here is written by hand.
"""


def shrink(file: Path) -> int:
    """Keep a picture in as few colours as it takes to be small; return its bytes."""
    with Image.open(file) as opened:
        image = opened.convert("RGB")
    image = trim(image)
    for colours in (192, 128, 64, 32, 16):
        image.quantize(colours, dither=Image.Dither.NONE).save(file, optimize=True)
        if file.stat().st_size <= MOST_BYTES:
            break
    return file.stat().st_size


def trim(image: Image.Image) -> Image.Image:
    """Cut off what is empty below, but for a margin."""
    corner = image.getpixel((image.width // 2, image.height - 2))
    empty = Image.new("RGB", image.size, corner)
    box = ImageChops.difference(image, empty).crop((20, 0, image.width - 20, image.height - 2))
    filled = box.getbbox()
    bottom = min((filled[3] if filled else image.height) + 16, image.height, MOST_PIXELS)
    return image.crop((0, 0, image.width, bottom))


def write_page(surfaces: Iterable[Surface] = EVERY) -> None:
    parts = [HEAD, *(section_of(it) for it in surfaces)]
    PAGE.write_text("\n".join(parts), encoding="utf-8")


def forgotten(surfaces: Iterable[Surface] = EVERY) -> list[Path]:
    """Return the pictures of surfaces that are no more."""
    known = {f"{it.name}-{kind}.png" for it in surfaces for kind in WIDTHS}
    return [it for it in sorted(PICTURES.glob("*.png")) if it.name not in known]


def section_of(surface: Surface) -> str:
    title = surface.name.replace("-", " ").capitalize()
    alt = surface.words.replace("]", "")
    files = [f"![{alt}](pictures/{surface.name}-{kind}.png)" for kind in WIDTHS]
    return f"## {title}\n\n{surface.words}\n\n" + "\n\n".join(files) + "\n"
