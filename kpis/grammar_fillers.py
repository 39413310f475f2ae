"""English words that name nothing by themselves."""

FILLER_WORDS = """
    a an the for of on in at to show me us our my we i give get tell please pls what which is are
    was were how many much do doe did have has had can could would like you your want need see know
    kepi kpi and or with during over than so far hi hello hey thank number figure total value
    metric account brand platform network channel chart graph split broken down grouped it its
"""
FILLERS = frozenset(FILLER_WORDS.split())
"""Words that may be left out, as they are compared (singular)."""

VIEWS = frozenset(("trend", "why"))
"""Words that ask what is behind a number."""
