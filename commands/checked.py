"""Forms that are checked before they are acknowledged: what is wrong is said at the field then."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")

PATIENCE = 1.5
"""Seconds that a form waits for what only its work can tell: Slack gives it three."""


async def begin(work: Coroutine[Any, Any, Result]) -> asyncio.Future[Result]:
    """Begin a form's work and return it as soon as it is done; after ``PATIENCE`` as it goes on.

    Whoever finds it not done acknowledges all the same, and tells what came of it afterwards.
    """
    begun = asyncio.ensure_future(work)
    await asyncio.wait({begun}, timeout=PATIENCE)
    return begun
