"""What kind of file a piece of evidence is, in a word."""

from pathlib import PurePath

from landsteward.app.language import tr
from landsteward.domain.casework import Evidence

HEIC = "image/heic"
_NAMES = {
    "application/pdf": "PDF",
    "application/msword": "Word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.ms-excel": "Excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.ms-powerpoint": "PPT",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPT",
    "application/ofd": "OFD",
    "application/zip": "ZIP",
    HEIC: "HEIC",
}
_KB, _MB = 1000, 1_000_000


def kind_of(evidence: Evidence) -> str:
    """Photo, video, PDF, Word …"""
    kind = evidence.media_type
    if kind in _NAMES:
        return _NAMES[kind]
    if kind.startswith("image/"):
        return tr("Photo")
    if kind.startswith("video/"):
        return tr("Video")
    if kind.startswith("audio/"):
        return tr("Sound")
    if kind.startswith("text/"):
        return tr("Text")
    return PurePath(evidence.file_name).suffix.lstrip(".").upper()[:6] or tr("File")


def is_picture(evidence: Evidence) -> bool:
    """Whether there is a picture of it, or would be if it could be read."""
    return evidence.media_type.startswith("image/")


def size_in_words(size: int) -> str:
    """Bytes as people read them."""
    if size >= _MB:
        return f"{size / _MB:.1f} MB"
    return f"{max(1, round(size / _KB))} KB"
