"""What Kepi says in other languages than English: a gettext catalogue each, ``sv.po`` and so on.

``python -m kpis.languages.collect`` brings them up to date with what the code says.
"""
