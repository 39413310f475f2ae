"""Settings of what is kept of people, and for how long."""

from storage.setting import Group, Setting, days, switch, write_days

KEEP_WORDS, KEEP_EXCERPTS = "keep-words", "keep-excerpts"
KEEP_ISSUE_NAMES, HASH_PEOPLE = "keep-issue-names", "hash-people-after"
KEEP_UPLOADS, KEEP_HISTORY = "keep-uploads", "keep-history"
KEEP_AFTER_UNINSTALL, FORGET_COPIES = "keep-after-uninstall", "forget-copies"
FOR_EVER, AT_ONCE = "never", "at once"
LONGEST = 3650


def limit(key: str, title: str, does: str, usual: int, *, never: str = FOR_EVER) -> Setting:
    """Return a setting of days; ``never`` is the word for 0.

    A shorter time erases what is older, but for one that is yet to begin (“at once”).
    """
    return Setting(
        key,
        title,
        does,
        default=usual,
        read=days(1, LONGEST, never=never),
        write=write_days(never),
        group=Group.KEPT,
        example=f"{usual} days, or {never}",
        erases=never == FOR_EVER,
    )


KEPT: tuple[Setting, ...] = (
    limit(
        KEEP_WORDS,
        "Words of mentions go after",
        "Counts and sentiment stay; examples older than this cannot be shown.",
        365,
    ),
    limit(
        KEEP_EXCERPTS,
        "First words of issues go after",
        "They go earlier where the issue settles or the message is deleted.",
        30,
    ),
    limit(
        KEEP_ISSUE_NAMES,
        "Customers of issues: names go after",
        "Counted from when their last issue settled; times and counts stay.",
        365,
    ),
    limit(
        HASH_PEOPLE,
        "People not heard of: ids go after",
        "Authors, customers and respondents become pseudonyms; counts stay.",
        730,
    ),
    Setting(
        KEEP_UPLOADS,
        "Files nobody decided on go after",
        "Drop the file again to import it later.",
        default=2,
        read=days(1, 2),
        write=write_days(),
        group=Group.KEPT,
        example="2 days",
        erases=True,
    ),
    limit(
        KEEP_HISTORY,
        "History of settings goes after",
        "Who changed what before that is no longer known.",
        730,
    ),
    limit(
        KEEP_AFTER_UNINSTALL,
        "After Kepi is removed, numbers go after",
        "People are erased at once; a new installation before that finds the numbers.",
        30,
        never=AT_ONCE,
    ),
    switch(
        FORGET_COPIES,
        "Forgetting deletes older copies",
        "A new copy is made first. Off: they are listed, and a restore forgets again.",
        group=Group.KEPT,
    ),
)
