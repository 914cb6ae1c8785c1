"""Sentences the domain hands out, kept apart from the language they are read in.

The domain decides *that* something is refused and why; which words a person reads is chosen
at the edge (`landsteward.app.language`). A `Message` therefore carries its English template
and its values, not a finished sentence.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence not yet worded: an English template and the values that go into it."""

    template: str
    params: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        """The English wording, for logs and for whoever has no catalogue at hand."""
        return self.template.format_map({name: str(value) for name, value in self.params})


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A name that data carries in both languages, for among a message's values."""

    chinese: str
    english: str

    def __str__(self) -> str:
        """English; Chinese where there is no other."""
        return self.english or self.chinese


def msg(template: str, /, **params: object) -> Message:
    """Make a `Message`; the name is also the marker by which catalogues find its template."""
    return Message(template, tuple(params.items()))
