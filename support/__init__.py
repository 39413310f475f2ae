"""Customer issues: roles, ledger, fold, business time, targets. Comes with its own issue."""
