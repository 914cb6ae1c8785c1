"""What a reader sees of a PDF: its words, links, outline, fonts and pictures."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import Destination


def reader(content: bytes) -> PdfReader:
    """The document."""
    return PdfReader(BytesIO(content))


def page_texts(content: bytes) -> list[str]:
    """The text of each page in the order it was written."""
    return [page.extract_text() for page in reader(content).pages]


def squeezed(text: str) -> str:
    """A text without line breaks and spaces, as breaking lines moves them."""
    return "".join(text.split())


def flow_of(content: bytes) -> str:
    """All characters that are no spaces, page after page, without heads and page numbers."""
    parts = []
    for page in page_texts(content):
        lines = page.splitlines()
        parts.append(squeezed("".join(lines)))
    return "".join(parts)


def outline(content: bytes) -> list[tuple[int, str, int]]:
    """Level, title and page (from 1) of every outline entry."""
    document = reader(content)

    def walk(entries: list[Any], level: int) -> Iterator[tuple[int, str, int]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, level + 1)
            else:
                assert isinstance(entry, Destination)
                page = document.get_destination_page_number(entry)
                assert page is not None
                yield level, str(entry.title), page + 1

    return list(walk(document.outline, 0))


def fonts(content: bytes) -> dict[str, Any]:
    """Every font any page or form refers to, by name."""
    found: dict[str, Any] = {}

    def look(resources: Any) -> None:
        for font in (resources.get("/Font") or {}).values():
            entry = font.get_object()
            found[str(entry["/BaseFont"])] = entry
        for form in (resources.get("/XObject") or {}).values():
            inner = form.get_object()
            if inner.get("/Resources"):
                look(inner["/Resources"].get_object())

    for page in reader(content).pages:
        look(page["/Resources"].get_object())
    return found
