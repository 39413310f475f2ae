"""Rows over HTTP: what has no export (a shop, a CRM, a listening tool) sends what it knows.

``door`` is the HTTP side, ``bodies`` reads what was sent, ``fields`` and the files beside it say
what a row of each kind may hold, ``taking`` stores it, ``schema`` publishes all of it.
"""
