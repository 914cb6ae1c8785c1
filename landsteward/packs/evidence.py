"""`evidence.toml`: from when on a file is asked about and what a photo says is doubted."""

from landsteward.domain.photo_doubts import EvidenceLimits
from landsteward.domain.text import msg
from landsteward.packs.reading import PackFile


def read_evidence_limits(file: PackFile) -> EvidenceLimits | None:
    """The limits, None where they cannot be read; each that makes no sense is noted."""
    limits = file.record(file.content, EvidenceLimits, ())
    if limits is None:
        return None
    for name in ("ask_above_mb", "clock_ahead_minutes", "clock_behind_days", "far_from_parcel_m"):
        if getattr(limits, name) <= 0:
            file.wrong((name,), msg("a number above 0 is expected"))
    return limits
