"""The calls of the backend's client about cases: services that go step by step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from riung.backend_connection import BackendConnection, Json


class CaseCalls(BackendConnection):
    """What `riung.backend_client.BackendClient` can do with cases."""

    def open_case(
        self,
        *,
        kind: str,
        office: str,
        sender: str,
        details: dict[str, str],
        key: str,
        files: Sequence[dict[str, str]] = (),
        day: date | None = None,
        asked_at: datetime | None = None,
        language: str = "id",
    ) -> Json:
        """Ask for a service; the same `key` files it once. `asked_at`: when it was written, aware.

        Conflict (`service_off`, `too_many_cases` with `codes`).
        """
        body = {
            "kind": kind,
            "office": office,
            "phone": sender,
            "conversation_id": sender,
            "details": details,
            "files": [*files],
            "date": day,
            "asked_at": asked_at,
        }
        headers = {"Idempotency-Key": key, **_in(language)}
        answer: Json = self._call("POST", "/cases", json=body, headers=headers)
        return answer

    def cases(self, sender: str, kind: str = "", language: str = "id") -> list[Json]:
        """The sender's cases, newest first, worded so."""
        params = {"phone": sender, "kind": kind}
        answer: list[Json] = self._call("GET", "/cases", params=params, headers=_in(language))
        return answer

    def add_to_case(self, code: str, sender: str, files: Sequence[dict[str, str]]) -> Json:
        """Add photos or documents. NotFound, Conflict (`case_ended`)."""
        body = {"phone": sender, "files": [*files]}
        answer: Json = self._call("POST", f"/cases/{code}/files", json=body)
        return answer

    def arrive(self, code: str, sender: str, seat: str, language: str = "id") -> Json:
        """The citizen sits at `seat`. NotFound, Conflict (`case_ended`)."""
        body = {"phone": sender, "seat": seat}
        path = f"/cases/{code}/arrival"
        answer: Json = self._call("POST", path, json=body, headers=_in(language))
        return answer

    def cancel_case(self, code: str, sender: str) -> Json:
        """Give it up. NotFound, Conflict (`case_ended`, `too_late_to_cancel`)."""
        answer: Json = self._call("DELETE", f"/cases/{code}", params={"phone": sender})
        return answer


def _in(language: str) -> dict[str, str]:
    return {"Accept-Language": language}
