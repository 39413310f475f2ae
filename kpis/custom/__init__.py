"""A team's own KPIs: counters that people keep, and formulas over what is measured."""
