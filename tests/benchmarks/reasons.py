"""Words of docs/benchmarks.md that no measurement can write."""

HOW_TO_READ = """\
Every number with × is a ratio taken inside one run: the contenders take turns in every round, and
the ratio is the median of the rounds' own ratios. Absolute times on a shared machine move by two
or three times, ratios by a tenth or two; compare ratios. A line without a target is there to look
at. “CPU” is processor time of the process that does the work; everything else is time passed."""

REASONS: dict[int, str] = {
    1: "A bot on bolt tuned by hand, with nothing of Kepi in it, is measured beside it (“the same "
    "by hand”): what it takes is bolt's own dispatch and two writes to a socket, and the target "
    "was set where bare bolt was dearer. Only replacing bolt's dispatch would go below.",
    2: "The tail of a machine that other work shares: the middle of the acknowledgements is below "
    "1 ms (figures below), and a quiet run meets the target.",
    3: "A real answer reads words, asks the database in a thread, compares with the period before, "
    "and writes blocks with its receipt and buttons: two to three milliseconds of Python, where an "
    "echo does nothing. The asker has the acknowledgement long before.",
    8: "The raw statement returns rows and no more. The Answer also holds change, series, "
    "coverage, notes, receipt and a proven hint; its own Python, not the database, is what takes "
    "the time, and it stays near a millisecond for a month.",
    9: "The read itself does not grow with facts; an Answer over ten times the accounts looks at "
    "ten times the accounts.",
    10: "A second import with other values keeps every old value as a revision, which the target "
    "did not count: written by hand with the old values kept it is no quicker (the floors in the "
    "table). add_all is several times quicker here than where the target was set.",
    13: "What Kepi loads beside the three libraries is its own rooms; engine, charts and "
    "migrations are loaded when they are first needed.",
}
"""Why a row may be missed, shown only when it is."""
