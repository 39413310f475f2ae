"""The data: measures, tables, the verbs on them, and how outside records become rows."""
