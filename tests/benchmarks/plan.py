"""How large a run is, and where it keeps its files."""

from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import ModuleType


@dataclass(frozen=True)
class Plan:
    """The sizes of one run; ``TINY`` only shows that everything works."""

    folder: Path
    """Seeded databases are kept here from run to run."""
    large: bool = False
    """Also ten times the facts: 17.5 million."""
    accounts: int = 200
    days: int = 730
    rounds: int = 15
    """Of queries; slower sections take fewer."""
    rows: int = 200_000
    """Of an import."""
    requests: int = 400
    """Of a round of dispatch."""
    charts: int = 12

    @property
    def is_tiny(self) -> bool:
        return self.accounts < 200

    @classmethod
    def tiny(cls, folder: Path) -> "Plan":
        return cls(folder, accounts=40, days=90, rounds=2, rows=2_000, requests=10, charts=1)


def peer(name: str) -> ModuleType | None:
    """Return a peer's module, or nothing where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        return None


def schema_mark() -> str:
    """Return a mark of the schema: what was seeded under another one is thrown away."""
    storage = Path(__file__).resolve().parents[2] / "storage"
    files = [storage / "tables.py", *sorted(storage.glob("migrations/versions/*.py"))]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def throw_away(folder: Path, start: str) -> None:
    """Remove databases that were seeded under another schema."""
    for old in folder.glob(f"{start}*"):
        if schema_mark() not in old.name:
            old.unlink()


ABSENT = "not installed here; make bench installs it"
