"""How the workspace says no: `ok: false` with the error Slack documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Refusal(Exception):
    """An `ok: false` answer of the Web API.

    `messages` go to `response_metadata.messages`, where Slack puts its reasons with JSON pointers;
    `more` is merged into the body (for example `needed` and `provided` of `missing_scope`).
    """

    def __init__(self, error: str, messages: Sequence[str] = (), **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.messages = tuple(messages)
        self.more = more

    def body(self) -> dict[str, Any]:
        """Return the JSON that the caller receives."""
        answer: dict[str, Any] = {"ok": False, "error": self.error, **self.more}
        if self.messages:
            answer["response_metadata"] = {"messages": list(self.messages)}
        return answer


def refuse_blocks(problems: Sequence[str], error: str = "invalid_blocks") -> Refusal:
    """Return the refusal of a payload whose `problems` each end in a JSON pointer (§4, §5)."""
    return Refusal(
        error,
        messages=[f"[ERROR] {problem}" for problem in problems],
        errors=list(problems),
    )
