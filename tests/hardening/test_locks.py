"""What is installed: every line pinned to hashes, under known licences (row 44)."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(\[[a-z0-9,-]+\])?==([^\s;]+)( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
FREE = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software|ISC|MPL|Mozilla|LGPL|Lesser|Unlicense|0BSD|Zlib|HPND|"
    r"CC0|OFL|Public Domain|PostgreSQL|CNRI|Matplotlib|LicenseRef-Matplotlib",
    re.IGNORECASE,
)
"""Licences under which Kepi may use a package and be handed on itself."""


def pins(lock: str) -> dict[str, str]:
    """Return name → version; anything that is neither a pin, a hash nor a comment is refused."""
    found: dict[str, str] = {}
    hashes = 1
    for number, line in enumerate((ROOT / lock).read_text().splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if pin := PIN.match(line):
            assert hashes, f"{lock}:{number}: the package before it has no hash"
            found[pin[1]], hashes = pin[3], 0
        else:
            assert HASH.match(line), f"{lock}:{number}: neither a pin nor a hash: {line}"
            hashes += 1
    assert hashes
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_pin_with_its_hashes(lock: str) -> None:
    """0 unpinned, no address, no file, no extra index; what is installed is what is locked."""
    text = (ROOT / lock).read_text()
    assert len(pins(lock)) > 20
    assert not re.search(r"://|^-|--(extra-)?index|--find-links| @ |^\s*git\+", text, re.MULTILINE)


def test_all_locks_agree_and_name_what_is_declared() -> None:
    """One version of a package in all of them, and each that ``pyproject.toml`` asks for."""
    held = [pins(it) for it in LOCKS]
    for name, version in held[0].items():
        assert all(other.get(name, version) == version for other in held[1:]), name
    declared = (ROOT / "pyproject.toml").read_text().partition("dependencies = [")[2]
    names = re.findall(r'^\s*"([A-Za-z0-9._-]+)', declared.partition("]")[0], re.MULTILINE)
    assert len(names) > 5
    assert {it.lower().replace("_", "-") for it in names} <= set(held[0])


def test_installing_asks_for_hashes() -> None:
    """``make`` installs by the locks alone, and refuses whatever has another hash."""
    text = (ROOT / "Makefile").read_text()
    assert "--require-hashes" in text
    assert not re.search(r"pip install(?!.*(--require-hashes|uv>=))", text)
    assert re.search(r"^audit:", text, re.MULTILINE)


def test_every_licence_is_known() -> None:
    """What serving installs may be handed on; a package under another licence needs a decision."""
    unknown = {}
    for name in pins("requirements.lock"):
        try:
            held = metadata.distribution(name).metadata
        except metadata.PackageNotFoundError:
            continue  # for another system
        said = [
            *(held.get_all("License-Expression") or [""]),
            *[it[:200] for it in held.get_all("License") or []],
        ]
        said += [it for it in held.get_all("Classifier") or [] if it.startswith("License")]
        if not FREE.search(" ".join(said)):
            unknown[name] = said
    assert unknown == {}
