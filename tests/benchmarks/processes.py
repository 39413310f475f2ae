"""What the system says about processes: CPU time, memory, children. Linux only."""

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a process has used so far, without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def fine_cpu_seconds(pid: int) -> float:
    """Return the same by the scheduler's own nanoseconds, of the threads that live now."""
    try:
        threads = [it.read_text() for it in Path(f"/proc/{pid}/task").glob("*/schedstat")]
        return sum(int(words.split()[0]) for words in threads) / 1e9
    except (OSError, IndexError):
        return cpu_seconds(pid)


def rss_mib(pid: int) -> float:
    """Return the resident memory of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def tree(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [pid]
    for each in found:
        found.extend(children.get(each, ()))
    return found


def tree_rss_mib(pid: int) -> float:
    """Return the resident memory of a process and its children, shared pages counted in each."""
    total = 0.0
    for each in tree(pid):
        try:
            total += rss_mib(each)
        except OSError:
            continue
    return total


def tree_pss_mib(pid: int) -> float:
    """Return the same with shared pages counted once, where the system tells it."""
    total = 0.0
    for each in tree(pid):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total
