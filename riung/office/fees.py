"""Fees as an office's file gives them: amounts in whole rupiah, and sums that are worked out."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Extra, PositiveInt, StrictInt, root_validator, validator

from riung.formatting import say_money
from riung.validation import EditError, unknown


class Fees(BaseModel, extra=Extra.ignore, allow_mutation=False):
    """Amounts in rupiah by name, and for each sum the names of its parts.

    A sum is never written, so it can't disagree with its parts (`fakta.tarif`, `fakta.jumlah`).
    """

    tarif: dict[str, StrictInt] = {}
    jumlah: dict[str, tuple[str, ...]] = {}

    @validator("tarif", each_item=True)
    def _is_an_amount(cls, rupiah: int) -> PositiveInt:
        if rupiah <= 0:
            raise ValueError("tarif harus lebih dari nol")
        return PositiveInt(rupiah)

    @root_validator(skip_on_failure=True)
    def _parts_exist(cls, values: dict[str, Any]) -> dict[str, Any]:
        for name, parts in values["jumlah"].items():
            for part in parts:
                if part not in values["tarif"]:
                    words = f"jumlah '{name}': tarif '{part}' {unknown(part, values['tarif'])}"
                    raise EditError(words, "jumlah", name)
        return values

    def said(self, path: str) -> str:
        """`Rp650.000` for `tarif.epaspor_5` or for the sum `jumlah.hilang_epaspor_5`.

        Raises:
            KeyError: there is no such fee.
        """
        group, _, name = path.partition(".")
        if group == "jumlah":
            return say_money(sum(self.tarif[part] for part in self.jumlah[name]))
        return say_money(self.tarif[name])
