"""Strings that have broken others: drawn by hand, and mixed by dice with words that Kepi knows."""

from __future__ import annotations

import random
from collections.abc import Iterator

SQL = (
    "'; DROP TABLE fact; --",
    '"; DROP TABLE fact; --',
    "' OR '1'='1",
    "' OR 1=1 --",
    "1; DELETE FROM post",
    "' UNION SELECT sealed FROM installation --",
    "') OR ('a'='a",
    "reach' AND (SELECT count(*) FROM sqlite_master) > 0 --",
    "%' OR value LIKE '%",
    "\\'; UPDATE fact SET value = 0; --",
    "$1; DROP TABLE fact",
    "?; DROP TABLE fact",
    ":name",
    "%(name)s",
    "%s%s%s%n",
    "{0}{workspace}{__class__}",
    "${jndi:ldap://127.0.0.1/a}",
    "`DROP TABLE fact`",
    "x'); ATTACH DATABASE '/tmp/kepi-attack.db' AS a; --",
    "'; PRAGMA writable_schema=1; --",
    "'; COPY fact TO PROGRAM 'id'; --",
    "pg_sleep(10)",
    "'||(SELECT randomblob(1000000000))||'",
    "NULL",
    "\\",
    "'",
    '"',
    "''",
    "/**/",
    "--",
    ";",
)
SIGNS = (
    "\u202egnp.exe",
    "\u2066reach\u2069",
    "r\u200be\u200ba\u200bc\u200bh",
    "Z\u0351\u036b\u0343a\u0324\u0319l\u0315\u0322g\u0321o\u0489" * 8,
    "👩‍👩‍👧‍👦🏳️‍🌈🇫🇮",
    "\ufeffreach",
    "\u0000",
    "a\x00b",
    "\ud800",
    "\udfff\ud800",
    "مشاهدات",
    "ความ",
    "नमस्ते",
    "粉丝 最近30天",
    "ﬀ ﬁ Ⅻ ½ ²",
    "İstanbul ıI",
    "ß ẞ ſ",
    "A\u030angstro\u0308m",
    "\x1b[31mred\x1b[0m",
    "\x07\x08\x7f\x9b",
    "\u2028line\u2029paragraph",
    "＝１＋１",
    "٣٠ يوم",
    "last-３０d",
    "１２",
    "१२",
    "1e999",
    "NaN",
    "-0",
    "٠",
    "∞",
    "\U0010ffff",
    "\u034f" * 50,
    "a" * 3_999,
    "🙂" * 1_000,
    " " * 500,
    "\n" * 200,
    "\t\r\n\v\f",
)
MARKUP = (
    "<!channel>",
    "<!here|here>",
    "<!everyone>",
    "<@U0MIA000000>",
    "<@U0MIA000000|mia>",
    "<#C0MARKETING|marketing>",
    "<!subteam^S123|team>",
    "<https://evil.example|Kepi>",
    "<mailto:a@b.example|write>",
    "<!date^1392734382^{date}^https://evil.example|x>",
    "<script>alert(1)</script>",
    "&lt;!channel&gt;",
    "&amp;lt;!channel&amp;gt;",
    "&#60;!channel&#62;",
    "<<!channel>>",
    "<\u200b!channel>",
    "*<!channel>*",
    "`<!channel>`",
    "```<!channel>```",
    "> <!channel>",
    "<!channel",
    "!channel>",
    "<",
    ">",
    "&",
    "<>",
    "<|>",
    "<#|x>",
    "@channel @here #general",
    "[Kepi](https://evil.example)",
)
FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("https://evil.example";"x")',
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\n=1+1",
    "−1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "=\t1",
    "+cmd",
    "-2+3+cmd|' /C calc'!D2",
    "@@x",
    "==1",
)
KNOWN = (
    *("reach", "followers", "engagement rate", "likes", "posts", "hashtags", "best times", "goal"),
    *(
        "instagram",
        "ig",
        "x",
        "tiktok",
        "acme",
        "nordkaffe",
        "last",
        "30",
        "days",
        "last-30d",
        "vs",
    ),
    *("by country", "by account", "previous", "2026-10", "oct", "q3", "1 oct to 15 oct", "A..B"),
    *(
        "private",
        "overview",
        "help",
        "list",
        "as of",
        "between",
        "-",
        "—",
        "…",
        "“reach”",
        "#",
        "@",
    ),
    *(
        "digest",
        "alert",
        "data",
        "status",
        "note",
        "setting",
        "account",
        "admin",
        "forget",
        "start",
    ),
    *("support", "12", "-1", "0", "999999999999999999999", "own", "value", "rate", "test", "label"),
)


def phrases(seed: int, count: int) -> Iterator[str]:
    """Yield words for ``/kpi``: known ones among strange ones, in any order and shape."""
    dice = random.Random(seed)
    odd = (*SQL, *SIGNS, *MARKUP, *FORMULAS)
    for _ in range(count):
        words = [
            dice.choice(KNOWN if dice.random() < 0.7 else odd) for _ in range(dice.randrange(9))
        ]
        text = dice.choice((" ", "  ", "-", "\n", "")).join(words)
        if dice.random() < 0.2 and text:
            place = dice.randrange(len(text))
            text = text[:place] + chr(
                dice.choice((dice.randrange(0x2FF), dice.randrange(0x10FFFF)))
            )
            text += text[place + 1 :]
        yield text[: dice.choice((40, 400, 5_000))]


def mixed(seed: int, count: int, *pools: tuple[str, ...]) -> list[str]:
    """Return as many strings out of pools: each of them once, then joined by dice."""
    dice = random.Random(seed)
    every = [it for pool in pools for it in pool]
    more = [
        dice.choice(("", " ", "x", "1")).join(dice.sample(every, dice.randrange(1, 4)))
        for _ in range(max(0, count - len(every)))
    ]
    return [*every, *more][:count]
