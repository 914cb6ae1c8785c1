"""Rule packs from `resources/rules/<pack>/*.toml`: read, checked, and handed out by version."""

from landsteward.packs.loading import load_pack
from landsteward.packs.mistakes import Mistake, PackMistakesError
from landsteward.packs.source import DEFAULT_PACK, RULES, Packs

__all__ = ["DEFAULT_PACK", "RULES", "Mistake", "PackMistakesError", "Packs", "load_pack"]
