"""The words of the grammar in each language that Kepi speaks beside English."""

from collections.abc import Mapping
from types import MappingProxyType

from kpis.grammar_tongues.id import INDONESIAN
from kpis.grammar_tongues.sv import SWEDISH
from kpis.grammar_tongues.tongue import Tongue
from kpis.grammar_tongues.vi import VIETNAMESE
from kpis.grammar_tongues.zh import CHINESE

TONGUES: Mapping[str, Tongue] = MappingProxyType(
    {"vi": VIETNAMESE, "id": INDONESIAN, "sv": SWEDISH, "zh": CHINESE}
)

__all__ = ["TONGUES", "Tongue"]
