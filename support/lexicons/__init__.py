"""Thanks, hello and ok, a file a language.

``SAYS`` are words and phrases that are a pleasantry by themselves; ``BESIDE`` are those that
change nothing beside one ("thanks *team*"), and mean nothing alone.
"""
