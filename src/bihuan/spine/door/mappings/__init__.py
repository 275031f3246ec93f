"""How the rows of known files become Submissions: one module a file, found by its name."""

from bihuan.spine.door.mappings import calls_911, nyc_311
from bihuan.spine.door.mappings.mapping import Mapping

MAPPINGS: dict[str, Mapping] = {mapping.name: mapping for mapping in (nyc_311.MAPPING, calls_911.MAPPING)}
