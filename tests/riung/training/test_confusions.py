"""What citizens choose when they are asked back is counted."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from riung.training.confusions import NONE_OF_THEM, confusions
from riung.training.nlu_runs import FALLBACK

NEAREST = ["biaya_paspor", "cara_bayar", "cek_kuota"]

Said = tuple[str, str]
"""Sender and intent of a message."""


def store(*said: Said) -> sa.engine.Engine:
    """A tracker store with these messages; an unclear one was nearest to `NEAREST`."""
    engine = sa.create_engine("sqlite://")
    columns = [sa.Column(name, sa.Text) for name in ("sender_id", "type_name", "data")]
    table = sa.Table(
        "events", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), *columns
    )
    table.create(engine)
    with engine.begin() as connection:
        for sender, intent in said:
            ranking = [
                {"name": name} for name in ([FALLBACK, *NEAREST] if intent == FALLBACK else [])
            ]
            parsed = {"intent": {"name": intent}, "intent_ranking": ranking}
            row = {
                "sender_id": sender,
                "type_name": "user",
                "data": json.dumps({"parse_data": parsed}),
            }
            connection.execute(table.insert(), [row, {**row, "type_name": "bot", "data": "{}"}])
    return engine


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ([FALLBACK, "cek_kuota"], "cek_kuota"),
        ([FALLBACK, "pilihan", "cara_bayar"], "cara_bayar"),
        ([FALLBACK, FALLBACK, "biaya_paspor"], "biaya_paspor"),
        ([FALLBACK, "menu"], NONE_OF_THEM),
    ],
)
def test_what_was_meant_is_counted_beside_the_best_guess(said: list[str], meant: str) -> None:
    counted = confusions(store(*(("ani", intent) for intent in said)))

    assert counted == {("biaya_paspor", meant): 1}


def test_a_clear_message_and_anothers_answer_are_no_confusion() -> None:
    assert confusions(store(("ani", "salam"), ("ani", FALLBACK), ("budi", "cek_kuota"))) == {}
