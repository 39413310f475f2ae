"""Five small readers: account days, posts, rows of posts, levels, and windows.

Each is given leaves of the language and fills a ``Frame`` with states per group and local day,
with one statement. Statements are built once per shape and compiled once.
"""
