"""What the readers are asked for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadRequest:
    """Which rows to read, already resolved to ids and day numbers."""

    workspace: int
    zone: str
    """The workspace's zone, in which instants are cut into days."""
    accounts: tuple[int, ...]
    platforms: tuple[str, ...]
    """The platforms of ``accounts``: without them a day range cannot be read in key order."""
    whole: bool
    """``accounts`` are all own accounts of these platforms, so the rollup may answer."""
    start: int
    end: int
    asked: int
    """First day of the asked period; what comes before is read for comparison."""
    group: str | None = None
    """``account``, ``platform``, or a label of posts; ``None`` reads everything as one."""
    later: tuple[int, ...] = ()
    """Imports that came after the moment asked of: their rows are read as they were before."""
