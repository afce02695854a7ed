"""Documents ticked off: which are there, what is missing, and what may stand for it."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.events import SlotSet

from actions.turn import Events, RiungAction, Turn
from riung.dialogue.checklist_table import CHECKED_SLOT
from riung.dialogue.follow_up_table import follow_ups


class CheckDocuments(RiungAction):
    """Ticks off what the citizen has named (`riung.dialogue.checklist`)."""

    action_name = "action_cek_dokumen"

    def answer(self, turn: Turn) -> Events | None:
        """One line for each thing that is needed; what is ticked off is kept for another day."""
        subject = turn.entity("pokok")
        if not subject:
            turn.say("utter_cek_dokumen_kosong")
            return None
        needed = follow_ups().checklist.needs[subject]
        there, missing = _names(turn, "dokumen_ada"), _names(turn, "dokumen_belum")
        if asked := turn.entity("dokumen_tanya"):
            turn.say("utter_dokumen_ditanya", jawaban=_needed(turn, needed, asked))
        elif instead := turn.entity("dokumen_ganti"):
            turn.say("utter_dokumen_ditanya", jawaban=_instead(turn, needed, instead))
        else:
            lines = [_line(turn, group, there, missing) for group in needed]
            lines += _beside(turn, needed, there, missing)
            turn.say(_answer(needed, there, missing), daftar="\n".join(lines))
        checked = dict.fromkeys(there, True) | dict.fromkeys(missing, False)
        kept = {"subject": subject, "checked": checked, "at": turn.written_at.timestamp()}
        return [SlotSet(CHECKED_SLOT, kept)]


def _answer(needed: Sequence[Sequence[str]], there: set[str], missing: set[str]) -> str:
    """The answer around the lines: of nothing told yet, of all there, or of something missing."""
    named = {*follow_ups().checklist.only_if_named}
    complete = all({*group} & there for group in needed) and not missing & named
    if complete:
        return "utter_cek_dokumen_lengkap"
    return "utter_cek_dokumen" if there | missing else "utter_cek_dokumen_mulai"


def _beside(
    turn: Turn, needed: Sequence[Sequence[str]], there: set[str], missing: set[str]
) -> list[str]:
    """The lines of what was named beside what is needed: a duty stamp, a parent's passport."""
    table = follow_ups().checklist
    listed = {name for group in needed for name in group}
    named = [one for one in table.only_if_named if one not in listed]
    lines = [_line(turn, (one,), there, missing) for one in named if one in there | missing]
    for one in (one for one in table.only_if_owned if one in there | missing):
        name = "dokumen_ada" if one in there else "dokumen_tidak_perlu"
        lines.append(turn.phrase(name, dokumen=_label(turn, one)))
    return lines


def _instead(turn: Turn, needed: Sequence[Sequence[str]], missing: str) -> str:
    """What may stand for a document that is not there."""
    return _told_of(turn, needed, missing, "pengganti", "tanpa_pengganti")


def _needed(turn: Turn, needed: Sequence[Sequence[str]], asked: str) -> str:
    """Whether the document is needed, may stand for others, or is not asked for."""
    return _told_of(turn, needed, asked, "pilihan", "wajib")


def _told_of(
    turn: Turn, needed: Sequence[Sequence[str]], name: str, beside_others: str, alone: str
) -> str:
    """The phrase for a document that others may stand for, that is needed alone, or not at all."""
    group = next((one for one in needed if name in one), ())
    others = ", ".join(_label(turn, one) for one in group if one != name)
    kind = beside_others if others else alone if group else "tidak"
    words = {"pengganti": others} if others else {}
    return turn.phrase(f"dokumen_tanya_{kind}", dokumen=_label(turn, name), **words)


def _names(turn: Turn, entity: str) -> set[str]:
    return {*filter(None, (turn.entity(entity) or "").split(","))}


def _line(turn: Turn, group: tuple[str, ...], there: set[str], missing: set[str]) -> str:
    has = next((name for name in group if name in there), None)
    if has:
        return turn.phrase("dokumen_ada", dokumen=_label(turn, has))
    first = next((name for name in group if name in missing), group[0])
    others = [_label(turn, name) for name in group if name != first and name not in missing]
    state = "belum" if first in missing else "perlu"
    if others:
        instead = ", ".join(others)
        words = {"dokumen": _label(turn, first), "pengganti": instead}
        return turn.phrase(f"dokumen_{state}_atau", **words)
    return turn.phrase(f"dokumen_{state}", dokumen=_label(turn, first))


def _label(turn: Turn, name: str) -> str:
    return follow_ups().checklist.documents[name].label.in_language(turn.language)
