"""The bill of materials names every package of the lock."""

from __future__ import annotations

import re

from riung.server.bill_of_materials import LOCK, bill


def test_every_package_of_the_lock_is_named_with_its_sums() -> None:
    made = bill()
    pinned = re.findall(r"^([\w.-]+)(?:\[.*?\])?==", LOCK.read_text("utf-8"), re.MULTILINE)

    assert [one["name"] for one in made["components"]] == [
        name.lower().replace("_", "-") for name in pinned
    ]
    assert len(pinned) > 100
    assert all(one["hashes"] for one in made["components"])
    assert {"rasa", "fastapi", "sqlalchemy"} <= {one["name"] for one in made["components"]}
