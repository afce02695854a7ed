"""Documents ticked off: which are there, what is missing, and what may stand for it."""

from __future__ import annotations

from collections.abc import Sequence

from actions.turn import Events, RiungAction, Turn
from riung.dialogue.follow_up_table import follow_ups


class CheckDocuments(RiungAction):
    """Ticks off what the citizen has named (`riung.dialogue.checklist`)."""

    action_name = "action_cek_dokumen"

    def answer(self, turn: Turn) -> Events | None:
        """One line for each thing that is needed."""
        needed = follow_ups().checklist.needs[turn.entity("pokok") or "baru"]
        there, missing = _names(turn, "dokumen_ada"), _names(turn, "dokumen_belum")
        if asked := turn.entity("dokumen_tanya"):
            turn.say("utter_dokumen_ditanya", jawaban=_needed(turn, needed, asked))
            return None
        lines = [_line(turn, group, there, missing) for group in needed]
        complete = all({*group} & there for group in needed)
        name = "utter_cek_dokumen_lengkap" if complete else "utter_cek_dokumen"
        turn.say(name, daftar="\n".join(lines))
        return None


def _needed(turn: Turn, needed: Sequence[Sequence[str]], asked: str) -> str:
    """Whether the document is needed, may stand for others, or is not asked for."""
    group = next((one for one in needed if asked in one), ())
    others = ", ".join(_label(turn, name) for name in group if name != asked)
    kind = "pilihan" if others else "wajib" if group else "tidak"
    words = {"pengganti": others} if others else {}
    return turn.phrase(f"dokumen_tanya_{kind}", dokumen=_label(turn, asked), **words)


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
