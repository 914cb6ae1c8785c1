"""The county's own rule pack: copied, changed in a draft, published as a version.

Only an administrator may. A draft changes nothing that anybody works with; what is published holds
for new work from its day on, and checkups made before keep theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from landsteward.app.context import Context
from landsteward.app.pack_files import (
    PackEditRefusedError,
    PackFiles,
    PackMistake,
    Texts,
    packed,
    unpacked,
)
from landsteward.domain.errors import RefusedMoveError, RulePackError
from landsteward.domain.pack_places import Place, value_at
from landsteward.domain.pack_versions import (
    DraftState,
    PackDraft,
    PackEdit,
    PackVersion,
    in_force,
)
from landsteward.domain.permissions import Action
from landsteward.domain.text import msg

HEAD = "pack.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDraft:
    """The draft there is, what was changed in it, and its files as they are now."""

    draft: PackDraft
    edits: tuple[PackEdit, ...]
    before: Texts
    now: Texts


def pack_versions(ctx: Context) -> list[PackVersion]:
    """What the county published, the latest first."""
    return sorted(
        ctx.workspace.pack_versions.where(), key=lambda one: one.published_at, reverse=True
    )


def pack_texts(ctx: Context, *, files: PackFiles, key: str, version: str) -> Texts:
    """The files of a version, the county's or the program's. Raises RulePackError."""
    own = ctx.workspace.pack_versions.first(key=key, version=version)
    if own is None:
        return files.shipped(key, version)
    return files.completed(unpacked(ctx.workspace.blobs.get(own.sha256)))


def open_draft(ctx: Context, *, files: PackFiles) -> OpenDraft | None:
    """The draft that is being worked on, if there is one."""
    draft = ctx.workspace.pack_drafts.first(state=DraftState.OPEN)
    if draft is None:
        return None
    before = files.completed(unpacked(ctx.workspace.blobs.get(draft.sha256)))
    edits = tuple(ctx.workspace.pack_edits.where(draft_id=draft.id))
    now = files.edited(before, edits) if edits else before
    return OpenDraft(draft=draft, edits=edits, before=before, now=now)


def copy_pack(ctx: Context, *, files: PackFiles, county: str) -> PackDraft:
    """Begin a draft from the pack in force today, named after the county or zone."""
    ctx.require(Action.EDIT_RULES)
    county = county.strip()
    if not county:
        raise RefusedMoveError(msg("Say which county or zone the pack is for."))
    pack = ctx.pack()
    texts = pack_texts(ctx, files=files, key=pack.key, version=pack.version)
    draft = _begin(ctx, texts, county=county, based_on=f"{pack.key} {pack.version}")
    if pack.key != county:
        with ctx.change():
            for name, value in (
                ("key", county),
                ("name", f"{county}规则包"),
                ("name_en", f"Rule pack {county}"),
            ):
                edit_pack(ctx, files=files, file=HEAD, place=(name,), value=value)
    return draft


def import_pack(ctx: Context, *, files: PackFiles, texts: Texts, origin: str) -> PackDraft:
    """Begin a draft with files from elsewhere. Raises RulePackError with all mistakes in them."""
    ctx.require(Action.EDIT_RULES)
    texts = files.completed(texts)
    pack = files.load(texts, name=origin)
    return _begin(ctx, texts, county=pack.key, based_on=origin)


def _begin(ctx: Context, texts: Texts, *, county: str, based_on: str) -> PackDraft:
    if ctx.workspace.pack_drafts.first(state=DraftState.OPEN) is not None:
        raise RefusedMoveError(
            msg("There is a draft already."),
            remedy=msg("Publish or discard it first."),
        )
    with ctx.change():
        draft = PackDraft(
            id=ctx.ids.new(),
            county=county,
            based_on=based_on,
            sha256=ctx.workspace.blobs.put(packed(texts)),
            begun_at=ctx.clock.now(),
            begun_by=ctx.actor.id,
        )
        ctx.workspace.pack_drafts.add(draft)
    return draft


def edit_pack(ctx: Context, *, files: PackFiles, file: str, place: Place, value: Any) -> None:
    """Put a value into the draft, or take it out (None).

    A value that the pack cannot have is refused with the reason; the draft is always a pack that
    could be published.
    """
    ctx.require(Action.EDIT_RULES)
    state = _needed(ctx, files)
    known = [one for one in state.edits if (one.file, one.place) == (file, place)]
    before = known[0].old if known else _literal_at(files, state.now, file, place)
    new = None if value is None else files.literal(value)
    edit = PackEdit(
        id=known[0].id if known else ctx.ids.new(),
        draft_id=state.draft.id,
        file=file,
        place=place,
        old=before,
        new=new,
    )
    inside = [one for one in state.edits if _lies_in(one, edit)] if new is None else []
    kept = [one for one in state.edits if one.id != edit.id and one not in inside]
    back = new == before
    after = kept if back else sorted([*kept, edit], key=lambda one: one.id)
    _refuse_mistakes(files, files.edited(state.before, after), edit)
    with ctx.change():
        for one in inside:
            ctx.workspace.pack_edits.retire(one.id)
        if known and back:
            ctx.workspace.pack_edits.retire(edit.id)
        elif known:
            ctx.workspace.pack_edits.save(edit)
        elif not back:
            ctx.workspace.pack_edits.add(edit)


def take_edit_back(ctx: Context, *, files: PackFiles, edit_id: str) -> None:
    """Let a value be again what the draft began with."""
    ctx.require(Action.EDIT_RULES)
    state = _needed(ctx, files)
    edit = next((one for one in state.edits if one.id == edit_id), None)
    if edit is None:
        return
    gone = [one for one in state.edits if one.id == edit.id or _lies_in(one, edit)]
    kept = [one for one in state.edits if one not in gone]
    _refuse_mistakes(files, files.edited(state.before, kept), edit)
    with ctx.change():
        for one in gone:
            ctx.workspace.pack_edits.retire(one.id)


def discard_draft(ctx: Context) -> PackDraft:
    """Let the draft go; it can be taken up again as long as there is no other."""
    return _turn(ctx, DraftState.OPEN, DraftState.DISCARDED)


def resume_draft(ctx: Context) -> PackDraft:
    """Take up the draft that was discarded last."""
    ctx.require(Action.EDIT_RULES)
    if ctx.workspace.pack_drafts.first(state=DraftState.OPEN) is not None:
        raise RefusedMoveError(
            msg("There is a draft already."), remedy=msg("Publish or discard it first.")
        )
    return _turn(ctx, DraftState.DISCARDED, DraftState.OPEN)


def put_aside(ctx: Context) -> bool:
    """Whether the last draft was discarded; one before it is gone for good."""
    drafts = ctx.workspace.pack_drafts.where()
    return bool(drafts) and drafts[-1].state is DraftState.DISCARDED


def _turn(ctx: Context, state: DraftState, to: DraftState) -> PackDraft:
    ctx.require(Action.EDIT_RULES)
    drafts = ctx.workspace.pack_drafts.where()
    if not drafts or drafts[-1].state is not state:
        raise RefusedMoveError(msg("There is no such draft any more."))
    draft = replace(drafts[-1], state=to)
    with ctx.change():
        ctx.workspace.pack_drafts.save(draft)
    return draft


def next_version(ctx: Context, *, key: str) -> str:
    """A free name for the next version: the year and a number in it."""
    taken = {one.version for one in ctx.workspace.pack_versions.where(key=key)}
    year, number = ctx.today().year, 1
    while f"{year}.{number}" in taken:
        number += 1
    return f"{year}.{number}"


def publish_pack(
    ctx: Context, *, files: PackFiles, version: str, in_force_from: date, changes: str
) -> PackVersion:
    """Make the draft a version that new work is done with from a day on.

    Not from a day that has passed: what was done since would be said to rest on it.
    """
    ctx.require(Action.EDIT_RULES)
    version, changes = version.strip(), changes.strip()
    if in_force_from < ctx.today():
        raise RefusedMoveError(
            msg("A version holds from today or later: work done before keeps its own."),
            remedy=msg("Choose today or a later day."),
        )
    if not changes:
        raise RefusedMoveError(msg("Say what changed: whoever reads it later needs to know."))
    with ctx.change():
        edit_pack(ctx, files=files, file=HEAD, place=("version",), value=version)
        state = _needed(ctx, files)
        pack = files.load(state.now)
        latest = in_force(ctx.workspace.pack_versions.where(), date.max)
        _refuse_taken(ctx, files, pack.key, version)
        if latest is not None and in_force_from < latest.in_force_from:
            raise RefusedMoveError(
                msg(
                    "Version {version} holds from {day} on already.",
                    version=latest.version,
                    day=latest.in_force_from,
                ),
                remedy=msg("Choose that day or a later one."),
            )
        published = PackVersion(
            id=ctx.ids.new(),
            key=pack.key,
            version=version,
            name=pack.name,
            based_on=state.draft.based_on,
            in_force_from=in_force_from,
            published_at=ctx.clock.now(),
            published_by=ctx.actor.id,
            changes=changes,
            sha256=ctx.workspace.blobs.put(packed(state.now)),
        )
        ctx.workspace.pack_versions.add(published)
        ctx.workspace.pack_drafts.save(replace(state.draft, state=DraftState.PUBLISHED))
    return published


def _refuse_taken(ctx: Context, files: PackFiles, key: str, version: str) -> None:
    if ctx.workspace.pack_versions.first(key=key, version=version) is None:
        try:
            files.shipped(key, version)
        except RulePackError:
            return
    raise RefusedMoveError(
        msg("There is a version {version} already.", version=version),
        remedy=msg("Give this one another name, e.g. {next}.", next=next_version(ctx, key=key)),
    )


def _needed(ctx: Context, files: PackFiles) -> OpenDraft:
    state = open_draft(ctx, files=files)
    if state is None:
        raise RefusedMoveError(
            msg("There is no draft to change."),
            remedy=msg("Copy the pack for the county first."),
        )
    return state


def _lies_in(edit: PackEdit, other: PackEdit) -> bool:
    """Whether one is about something inside of what the other is about."""
    size = len(other.place)
    return (
        edit.id != other.id
        and edit.file == other.file
        and len(edit.place) > size
        and edit.place[:size] == other.place
    )


def _literal_at(files: PackFiles, texts: Texts, file: str, place: Place) -> str | None:
    value = value_at(files.tables(texts).get(file, {}), place)
    return None if value is None else files.literal(value)


def _refuse_mistakes(files: PackFiles, texts: Texts, edit: PackEdit) -> None:
    wrong = files.mistakes(texts)
    if wrong:
        raise PackEditRefusedError(_first(wrong, edit).reason, wrong)


def _first(wrong: Sequence[PackMistake], edit: PackEdit) -> PackMistake:
    """The mistake to tell first: one at the place itself, or in the same file."""
    near = [one for one in wrong if one.file == edit.file]
    at = [one for one in near if one.place[: len(edit.place)] == edit.place]
    return (at or near or list(wrong))[0]
