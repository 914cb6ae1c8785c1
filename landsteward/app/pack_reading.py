"""Rule packs as they are looked at: which there are, what one says, and what two differ in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from landsteward.app.context import Context
from landsteward.app.pack_files import PackFiles, Texts
from landsteward.app.rule_packs import open_draft, pack_texts, pack_versions, put_aside
from landsteward.domain.errors import RecordNotFoundError
from landsteward.domain.pack_places import PackChange, Place, Tables, differences
from landsteward.domain.pack_versions import PackDraft, PackEdit, in_force
from landsteward.domain.text import msg

DRAFT = "draft"
"""What stands for the draft where a version is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChoice:
    """A version that can be looked at. `which` names it: `draft`, or key and version.

    Of one that came with the program nothing is known beside its name.
    """

    which: str
    key: str
    version: str
    name: str
    name_en: str = ""
    in_force: bool = False
    in_force_from: date | None = None
    published_at: datetime | None = None
    published_by: str = ""
    changes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackView:
    """What one version says, and of a draft what was changed in it."""

    choice: PackChoice
    tables: Tables
    remarks: Mapping[tuple[str, Place], str]
    draft: PackDraft | None = None
    edits: tuple[PackEdit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackComparison:
    """Two versions and what they differ in."""

    old: PackView
    new: PackView
    changes: tuple[PackChange, ...]


def pack_choices(ctx: Context, *, files: PackFiles) -> tuple[PackChoice, ...]:
    """The draft, what the county published (the latest first), and what came with the program."""
    found: list[PackChoice] = []
    draft = open_draft(ctx, files=files)
    if draft is not None:
        found.append(_named(DRAFT, files, draft.now))
    versions = pack_versions(ctx)
    now = in_force(versions, ctx.today())
    for one in versions:
        person = ctx.workspace.people.find(one.published_by)
        found.append(
            PackChoice(
                which=f"{one.key} {one.version}",
                key=one.key,
                version=one.version,
                name=one.name,
                in_force=one == now,
                in_force_from=one.in_force_from,
                published_at=one.published_at,
                published_by=person.name if person is not None else "",
                changes=one.changes,
            )
        )
    key, version = files.default()
    texts = files.shipped(key, version)
    found.append(_named(f"{key} {version}", files, texts, in_force=now is None))
    return tuple(found)


def _named(which: str, files: PackFiles, texts: Texts, *, in_force: bool = False) -> PackChoice:
    head = files.tables({"pack.toml": texts["pack.toml"]})["pack.toml"]
    return PackChoice(
        which=which,
        key=str(head["key"]),
        version=str(head["version"]),
        name=str(head["name"]),
        name_en=str(head["name_en"]),
        in_force=in_force,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDesk:
    """All versions there are, the one looked at, and whether a draft was put aside."""

    choices: tuple[PackChoice, ...]
    view: PackView
    discarded: bool


def look_at_packs(ctx: Context, *, files: PackFiles, which: str = "") -> PackDesk:
    """What a version says; without a name the draft, if there is one, or what is in force."""
    choices = pack_choices(ctx, files=files)
    if not which:
        which = next(one.which for one in choices if one.which == DRAFT or one.in_force)
    choice = next((one for one in choices if one.which == which), None)
    if choice is None:
        raise RecordNotFoundError(
            msg("This version is not in the workspace."),
            where=which,
            remedy=msg("Choose another version."),
        )
    return PackDesk(
        choices=choices,
        view=_view(ctx, files, choice),
        discarded=put_aside(ctx),
    )


def read_pack(ctx: Context, *, files: PackFiles, which: str) -> PackView:
    """What a version says."""
    return look_at_packs(ctx, files=files, which=which).view


def texts_of(ctx: Context, *, files: PackFiles, which: str) -> Texts:
    """The files of a version or of the draft."""
    if which != DRAFT:
        key, _, version = which.partition(" ")
        return pack_texts(ctx, files=files, key=key, version=version)
    state = open_draft(ctx, files=files)
    if state is None:
        raise RecordNotFoundError(msg("There is no draft."), remedy=msg("Choose a version."))
    return state.now


def _view(ctx: Context, files: PackFiles, choice: PackChoice) -> PackView:
    if choice.which == DRAFT:
        state = open_draft(ctx, files=files)
        assert state is not None, "chosen among those there are"
        return PackView(
            choice=choice,
            tables=files.tables(state.now),
            remarks=files.remarks(state.now),
            draft=state.draft,
            edits=state.edits,
        )
    texts = pack_texts(ctx, files=files, key=choice.key, version=choice.version)
    return PackView(choice=choice, tables=files.tables(texts), remarks=files.remarks(texts))


def compare_packs(ctx: Context, *, files: PackFiles, old: str, new: str) -> PackComparison:
    """What the second of two versions says otherwise than the first."""
    before, after = (read_pack(ctx, files=files, which=which) for which in (old, new))
    return PackComparison(old=before, new=after, changes=differences(before.tables, after.tables))
