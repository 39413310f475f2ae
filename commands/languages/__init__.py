"""The language in which a channel is answered: ``/kpi language``."""
