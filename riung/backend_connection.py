"""The way to the backend: patience, a second try, a circuit breaker, figures of what became of it.

Errors are those of `riung.backend_errors`; nothing of a citizen stands in them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import requests
from prometheus_client import Counter, Gauge
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ReadTimeoutError
from urllib3.util.retry import Retry

from riung import tracing
from riung.backend_errors import ANSWERS, BackendDown, BackendRefused, Invalid
from riung.breaker import Breaker
from riung.proxies import direct_session

CONNECT_SECONDS, READ_SECONDS = 0.4, 1.2
"""Two connection attempts and one answer: 2 s at most, so that a citizen reads the outage answer
within 3 s (docs/performance.md)."""

BOOKING_SECONDS = 2.5
"""The answer to a booking, which waits for messages written before it (`bookings.turnstile`) and in
a rush for their bookings. A backend that hangs is still told within those 3 s."""

IN_ALL_SECONDS = 2.9
"""The two answers together to a call that changes something. Too slow, it is asked once more, by
the same key or for the same state, before anything is said: so what was stored after the patience
ended is not called failed."""

POOL = 50
"""Connections kept open; the action server's threads share them."""

Json = dict[str, Any]

CALLS = Counter(
    "riung_backend_calls_total", "Calls to the backend by what became of them", ["result"]
)
"""`answered`, `refused` (with a reason), `down`, or `spared` by the circuit breaker."""

BREAKER = Gauge(
    "riung_backend_breaker_open",
    "1 while the backend is left alone for a moment",
    multiprocess_mode="livemax",
)


class BackendConnection:
    """A pooled session to one backend, for many threads."""

    def __init__(self, url: str, api_key: str) -> None:
        self._base = f"{url.rstrip('/')}/api/v1"
        self._breaker = Breaker()
        self._session = direct_session()
        self._session.headers["Authorization"] = f"Bearer {api_key}"
        # Every call is safe to repeat: the backend knows it by its key, or it asks for a state.
        retry = _OnceMore(total=1, status=0, allowed_methods=None, respect_retry_after_header=False)
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=POOL, max_retries=retry)
        self._session.mount(self._base, adapter)

    def _call(
        self,
        method: str,
        path: str,
        *,
        params: Json | None = None,
        json: Json | None = None,
        headers: dict[str, str] | None = None,
        patience: float = READ_SECONDS,
    ) -> Any:
        """The JSON of an answer.

        Raises:
            BackendError: the answer is a no, or there was none.
        """
        if not self._breaker.lets_pass():
            CALLS.labels("spared").inc()
            raise BackendDown("not asked: it did not answer those before")
        with tracing.stage("backend", method=method, about=path.split("/")[1]):
            asked = partial(
                self._session.request,
                method,
                self._base + path,
                params=params,
                json=_plain(json) if json is not None else None,
                headers={**(headers or {}), **tracing.carried()},
            )
            response, content = self._answer(asked, method != "GET", patience)
        CALLS.labels("answered" if response.ok else "refused").inc()
        if response.ok:
            return content
        if response.status_code == 401:
            raise BackendRefused("RIUNG_API_KEY is not the backend's")
        raise ANSWERS.get(response.status_code, Invalid)(content)

    def _answer(
        self, asked: Callable[..., requests.Response], changes: bool, patience: float
    ) -> tuple[requests.Response, Any]:
        """The answer with its JSON; a change that was not answered in time is asked once more."""
        try:
            try:
                response = asked(timeout=(CONNECT_SECONDS, patience))
            except requests.ReadTimeout:
                if not changes:
                    raise
                response = asked(timeout=(CONNECT_SECONDS, IN_ALL_SECONDS - patience))
            content = response.json()
            if response.status_code >= 500:
                raise requests.HTTPError(response.status_code)
        except (requests.RequestException, ValueError) as error:
            self._breaker.failed()
            BREAKER.set(self._breaker.is_open)
            CALLS.labels("down").inc()
            # The error's text holds the address, and with it the citizen's number.
            unsure = changes and _may_be_done(error)
            raise BackendDown(type(error).__name__, unsure) from None
        self._breaker.answered()
        BREAKER.set(0)
        return response, content


class _OnceMore(Retry):
    """A refused or broken connection is tried once more at once; a slow answer is not waited for
    twice.
    """

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: Any = None,
        error: Exception | None = None,
        _pool: Any = None,
        _stacktrace: Any = None,
    ) -> _OnceMore:
        if isinstance(error, ReadTimeoutError):
            raise error
        return super().increment(method, url, response, error, _pool, _stacktrace)


def _may_be_done(error: Exception) -> bool:
    """Whether what was asked for may have happened: somebody was reached, and gave no clear no.

    Our backend's own 500 and 503 say that nothing was changed (`riung.backend.problems`).
    """
    if isinstance(error, requests.HTTPError):
        return error.args[0] not in (500, 503)
    cause = getattr(error.args[0], "reason", None) if error.args else None
    never_reached = (NewConnectionError, ConnectTimeoutError)
    return not isinstance(error, requests.ConnectTimeout) and not isinstance(cause, never_reached)


def _plain(body: Json) -> Json:
    """Dates as ISO text."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in body.items()
        if value is not None
    }
