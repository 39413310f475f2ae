"""What a KPI is called in one language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """Title, meaning and reason of one KPI, and other words that name it."""

    title: str
    meaning: str
    """One or two sentences: what is counted."""
    why: str
    """One sentence: why it matters."""
    aliases: tuple[str, ...] = ()
    """Without the title, which names the KPI too. Accents may be left out when asking."""
