"""The models of attribution over one path: five rules by place, and Markov removal over all.

The rules are those that ``storage.credit_models`` makes the stored credits with; here as plain
floats, for whoever has a path and no table.
"""

from __future__ import annotations

from collections.abc import Sequence

from storage.credit_models import MODELS, step_weights

__all__ = ["MODELS", "credit"]


def credit(path: Sequence[str], model: str) -> list[float]:
    """Return what each touch of a path gets of one conversion, in order; nothing of no path.

    ``model`` is one of ``MODELS``. Without dates time decay halves with every step away from the
    conversion. Raises ``ValueError`` for another model.
    """
    weights = step_weights(model, len(path)) if path else ()
    whole = sum(weights)
    return [weight / whole for weight in weights]
