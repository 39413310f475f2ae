"""Which issues of a channel are live, found quickly by what routing asks (support-spec §4.6)."""

from __future__ import annotations

from bisect import insort

from support.timeline import Timeline


class Live:
    """Roots of threads with a live issue, by customer, and those in which somebody waits."""

    def __init__(self) -> None:
        self.roots: set[str] = set()
        self.waiting: set[str] = set()
        self._customers: dict[str, str] = {}
        self._of: dict[str, set[str]] = {}
        self._opened: list[tuple[int, str]] = []
        self._known: set[tuple[int, str]] = set()

    def __contains__(self, root: object) -> bool:
        return root in self.roots

    def note(self, root: str, issue: Timeline | None) -> None:
        """Remember how the issue of a thread stands."""
        was = self._customers.pop(root, None)
        if was is not None:
            self._of[was].discard(root)
        self.roots.discard(root)
        self.waiting.discard(root)
        if issue is None or not issue.is_live:
            return
        self.roots.add(root)
        self._customers[root] = issue.customer
        self._of.setdefault(issue.customer, set()).add(root)
        if issue.wait is not None:
            self.waiting.add(root)
        opening = (issue.opened, root)
        if opening not in self._known:
            self._known.add(opening)
            insort(self._opened, opening)

    def of(self, customer: str) -> set[str]:
        """Return the threads of a customer's live issues."""
        return self._of.get(customer, set())

    def waits_since(self, moment: int) -> bool:
        """Whether somebody waits in an issue that was opened at a moment or later."""
        for opened, root in reversed(self._opened):
            if opened < moment:
                return False
            if root in self.waiting:
                return True
        return False
