"""What a county sets about the follow-up: from when on what colour, and how often more time."""

from dataclasses import dataclass, field

from landsteward.domain.colours import ColourTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionLimits:
    """How often a finding or step may be given more time, and by how many days each; 0: no limit.

    No source sets such limits (`domain.md` §9): off until a county wants them.
    """

    most_times: int = 0
    most_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpTerms:
    """`follow_up.toml` as a whole."""

    colours: ColourTerms = field(default_factory=ColourTerms)
    extensions: ExtensionLimits = field(default_factory=ExtensionLimits)
