"""Words of docs/benchmarks.md that no measurement can write."""

HOW_TO_READ = """\
Every number with × is a ratio taken inside one run: the contenders take turns in every round, and
the ratio is the median of the rounds' own ratios. Absolute times on a shared machine move by two
or three times, ratios by a tenth or two; compare ratios. A line without a target is there to look
at. “CPU” is processor time of the process that does the work; everything else is time passed."""

REASONS: dict[int, str] = {}
"""Why a row may be missed, shown only when it is."""
