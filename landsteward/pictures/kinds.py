"""What kind of file something is: by its first bytes where they tell, else by its name."""

import mimetypes
from pathlib import PurePath

HEIC = "image/heic"
UNKNOWN = "application/octet-stream"

_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"%PDF-", "application/pdf"),
)
_HEIC_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
)
_MOVIES = {b"qt  ": "video/quicktime", b"3gp4": "video/3gpp", b"3gp5": "video/3gpp"}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BY_ENDING = {
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".ofd": "application/ofd",
    ".wps": "application/vnd.ms-works",
    ".heic": HEIC,
    ".heif": HEIC,
    ".txt": "text/plain",
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".avi": "video/x-msvideo",
    ".mkv": "video/x-matroska",
    ".zip": "application/zip",
}
"""Of our own, so that a file is of one kind on every machine."""


def media_type(name: str, content: bytes) -> str:
    """The media type of a file."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp":
        brand = content[8:12]
        return HEIC if brand in _HEIC_BRANDS else _MOVIES.get(brand, "video/mp4")
    ending = PurePath(name).suffix.lower()
    by_name = _BY_ENDING.get(ending) or mimetypes.guess_type(name)[0] or UNKNOWN
    if content.startswith(_ZIP) and by_name == UNKNOWN:
        return "application/zip"
    return by_name


def is_picture(kind: str) -> bool:
    """Whether it is shown as a picture, or would be if it could be read."""
    return kind.startswith("image/") and kind != "image/svg+xml"
