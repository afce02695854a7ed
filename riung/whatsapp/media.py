"""Files citizens send: fetched only when a person needs them, checked, kept outside the web root.

What nobody needs is never copied: a file is left at Meta (seven days) until an officer opens it. A
file that came for a form or into an officer's talk, or shortly before a complaint or a wish for a
person, is `wanted` and fetched at once, again and again until Meta gives it or says that there is
none. The token goes to Meta's hosts alone; type and size are what the content says, not what the
sender claims.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import filetype
import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection
from yarl import URL

from riung.proxies import proxy_for
from riung.whatsapp.graph import Graph, GraphError, RefusedError, UnreachableError
from riung.whatsapp.group_commit import StoreError
from riung.whatsapp.store import Store
from riung.whatsapp.tables import media

log = structlog.get_logger()

MEGABYTE = 1024 * 1024
SIZE_LIMITS = {
    "image": 5 * MEGABYTE,
    "audio": 16 * MEGABYTE,
    "video": 16 * MEGABYTE,
    "document": 16 * MEGABYTE,
    "sticker": 500 * 1024,
}
"""Bytes a kind of media may have (Meta §7). Meta takes documents of 100 MB; a scan that an officer
reads has a few, and each is held in memory while it is checked."""

ACCEPTED_TYPES = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/webp",
        "application/pdf",
        "audio/ogg",
        "audio/mpeg",
        "audio/aac",
        "audio/m4a",
        "audio/x-m4a",
        "audio/mp4",
        "audio/amr",
        "video/mp4",
        "video/3gpp",
    }
)
"""What an officer's browser can show; anything else, such as programs and archives, is refused."""

_META_DOMAINS = ("facebook.com", "fbsbx.com", "fbcdn.net", "whatsapp.net", "whatsapp.com")
_FETCH_TIMEOUT = 60.0

_NO_SUCH_FILE = frozenset({"100", "131052"})
"""Codes by which Meta says that it has no such file (any more); every other refusal may pass, such
as a token that has run out, too many calls, or a bare 404, which a proxy and a file's host say too.
"""

FIRST_PAUSE, LONGEST_PAUSE = 15.0, 3600.0
"""Seconds before a wanted file is asked for again, doubled each time."""

IN_MEMORY = 4
"""Files held in memory at once, whoever sends how many."""

CHECKSUM = "checksum"
"""Why a file is refused that is not the one Meta announced, however often it was fetched."""

AT_ONCE = 10
"""Wanted files fetched in one round."""


@dataclass(frozen=True)
class MediaFile:
    """A file as far as it is known here.

    Attributes:
        state: `known` or `wanted` (still at Meta), `stored`, `refused` (see `reason`), `gone` (Meta
            has it no more).
        path: where the content stands; only when stored.
    """

    id: str
    state: str
    kind: str
    mime_type: str
    filename: str
    reason: str | None
    path: Path


class MediaRefusedError(Exception):
    """The content is not what we keep; `reason` says why."""


class MediaFiles:
    """The media of the conversations."""

    def __init__(self, store: Store, graph: Graph, folder: Path, now: Callable[[], float]) -> None:
        self._store, self._graph, self._folder, self._now = store, graph, folder, now
        self._running: dict[str, asyncio.Task[None]] = {}
        self._in_memory = asyncio.Semaphore(IN_MEMORY)
        self._again: dict[str, tuple[float, float]] = {}  # file → (when, pause after that)

    def fetch_soon(self, file_id: str) -> None:
        """Fetch in the background what is wanted; what fails is tried again (`fetch_wanted`)."""
        if file_id not in self._running:
            self._running[file_id] = asyncio.create_task(self._try(file_id))

    async def fetch_wanted(self) -> None:
        """Try again what could not be fetched, or was wanted when the last process ended."""
        now = self._now()
        for file_id in await self._store.run(_wanted):
            if self._again.get(file_id, (0.0, 0.0))[0] <= now and len(self._running) < AT_ONCE:
                self.fetch_soon(file_id)

    async def request_earlier(self, person: str, since: float) -> list[str]:
        """Note that people will have to look at what somebody sent since a moment; its ids."""
        return await self._store.run_until_done(partial(_earlier, person=person, since=since))

    async def left_at_meta(self, since: float) -> dict[str, float]:
        """Who sent files since a moment that nobody needed so far, and when the last one."""
        return await self._store.run(partial(_left, since=since))

    async def get(self, file_id: str) -> MediaFile | None:
        """A file, fetched from Meta if it is not here yet; None if there is none of that id.

        Raises:
            GraphError: Meta could not be asked; try again later.
        """
        row = await self._store.run(partial(_row, file_id=file_id))
        if row is None:
            return None
        if row.state in AT_META:
            task = self._running.get(file_id) or asyncio.create_task(self._fetch(file_id))
            self._running[file_id] = task
            await asyncio.shield(task)
            row = await self._store.run(partial(_row, file_id=file_id))
            if row and row.state in AT_META:
                raise UnreachableError("asked for already, and in vain")
        return self._file(row) if row else None

    def delete_files(self, file_ids: list[str]) -> None:
        """Delete the contents of media whose rows are gone."""
        for file_id in file_ids:
            (self._folder / file_id).unlink(missing_ok=True)

    def _file(self, row: sa.engine.Row) -> MediaFile:
        return MediaFile(
            row.id,
            row.state,
            row.kind,
            row.mime_type,
            row.filename,
            row.reason,
            self._folder / row.id,
        )

    async def _try(self, file_id: str) -> None:
        try:
            await self._fetch(file_id)
            self._again.pop(file_id, None)
        except (GraphError, StoreError, OSError) as error:
            _, pause = self._again.get(file_id, (0.0, FIRST_PAUSE))
            self._again[file_id] = (self._now() + pause, min(pause * 2, LONGEST_PAUSE))
            log.warning("media.waits", media=file_id, reason=str(error), seconds=pause)

    async def _fetch(self, file_id: str) -> None:
        try:
            row = await self._store.run(partial(_row, file_id=file_id))
            if row is not None and row.state in AT_META:
                async with self._in_memory:
                    changes = await self._fetched(row)
                await self._store.run_until_done(partial(_change, file_id=file_id, changes=changes))
        finally:
            del self._running[file_id]

    async def _fetched(self, row: sa.engine.Row) -> dict[str, Any]:
        try:
            content = await self._download(row.media_id, SIZE_LIMITS[row.kind])
            mime_type = _checked_type(content, row.sha256)
        except MediaRefusedError as error:
            if str(error) == CHECKSUM and not self._is_last_try(row.id):
                raise UnreachableError(CHECKSUM) from error  # most likely it was cut off
            log.warning("media.refused", media=row.id, reason=str(error))
            return {"state": "refused", "reason": str(error)}
        except RefusedError as error:
            if error.code not in _NO_SUCH_FILE:
                raise
            log.warning("media.gone", media=row.id, code=error.code)
            return {"state": "gone", "reason": error.code[:40]}
        await asyncio.to_thread(self._write, row.id, content)
        return {"state": "stored", "mime_type": mime_type, "size": len(content)}

    def _is_last_try(self, file_id: str) -> bool:
        return self._again.get(file_id, (0.0, FIRST_PAUSE))[1] >= LONGEST_PAUSE

    def _write(self, file_id: str, content: bytes) -> None:
        """Write whole or not at all, readable by nobody else."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial_file = self._folder / f"{file_id}.part"
        partial_file.touch(mode=0o600)
        partial_file.write_bytes(content)
        partial_file.replace(self._folder / file_id)

    async def _download(self, media_id: str, limit: int) -> bytes:
        """The content; a fresh address once more when the first one has run out (Meta §5)."""
        for last in (False, True):
            url = URL(str((await self._graph.get(media_id)).get("url", "")))
            if not self._may_see_token(url):
                raise MediaRefusedError("foreign_host")
            content = await self._read(url, limit)
            if content is not None:
                return content
            if last:
                break
        raise RefusedError("404")

    async def _read(self, url: URL, limit: int) -> bytes | None:
        timeout = aiohttp.ClientTimeout(total=_FETCH_TIMEOUT)
        try:
            async with self._graph.session.get(
                url,
                headers=self._graph.authorization,
                timeout=timeout,
                allow_redirects=False,
                proxy=proxy_for(str(url)),
            ) as response:
                if response.status == 404:
                    return None
                if response.status != 200:
                    raise UnreachableError(f"HTTP {response.status}")
                content = await _read_at_most(response, limit)
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise UnreachableError(type(error).__name__) from error
        return content

    def _may_see_token(self, url: URL) -> bool:
        """Whether it is Meta's host over TLS, or the very server we call the Graph API at."""
        if url.host is None or url.user or url.password:
            return False
        if url.origin() == URL(self._graph.url).origin():
            return True
        host = url.host.lower()
        ours = any(host == domain or host.endswith(f".{domain}") for domain in _META_DOMAINS)
        return ours and url.scheme == "https"


async def _read_at_most(response: aiohttp.ClientResponse, limit: int) -> bytes:
    chunks, size = [], 0
    async for chunk in response.content.iter_chunked(64 * 1024):
        size += len(chunk)
        if size > limit:
            raise MediaRefusedError("too_large")
        chunks.append(chunk)
    return b"".join(chunks)


def _checked_type(content: bytes, sha256: str) -> str:
    """The type the content has.

    Raises:
        MediaRefusedError: not one we keep, or not the file Meta announced.
    """
    digest = hashlib.sha256(content).hexdigest()
    if len(sha256) == 64 and sha256.lower() != digest:
        raise MediaRefusedError(CHECKSUM)
    kind = filetype.guess_mime(content)
    if kind not in ACCEPTED_TYPES:
        raise MediaRefusedError("type")
    return str(kind)


AT_META = ("known", "wanted")
"""States of a file that is not here yet."""


def request_file(connection: Connection, file_id: str) -> None:
    """Note that people will have to look at a file, so that it is fetched also after a restart."""
    still_there = (media.c.id == file_id) & (media.c.state == "known")
    connection.execute(media.update().where(still_there).values(state="wanted"))


def _earlier(connection: Connection, person: str, since: float) -> list[str]:
    sent = (media.c.conversation_id == person) & (media.c.created_at >= since)
    known = sa.select(media.c.id).where(sent, media.c.state == "known").order_by(media.c.created_at)
    found = list(connection.execute(known).scalars())
    for file_id in found:
        request_file(connection, file_id)
    return found


def _left(connection: Connection, since: float) -> dict[str, float]:
    last = sa.func.max(media.c.created_at)
    fresh = (media.c.created_at >= since) & (media.c.state == "known")
    rows = sa.select(media.c.conversation_id, last).where(fresh).group_by(media.c.conversation_id)
    return {row[0]: row[1] for row in connection.execute(rows)}


def take_back_wrong_ends(connection: Connection) -> None:
    """Files once given up because of a refusal that passes are asked for again when opened."""
    given_up = (media.c.state == "gone") & media.c.reason.not_in(_NO_SUCH_FILE)
    connection.execute(media.update().where(given_up).values(state="known", reason=None))


def _wanted(connection: Connection) -> list[str]:
    wanted = sa.select(media.c.id).where(media.c.state == "wanted").order_by(media.c.created_at)
    return list(connection.execute(wanted).scalars())


def _row(connection: Connection, file_id: str) -> sa.engine.Row | None:
    return connection.execute(sa.select(media).where(media.c.id == file_id)).first()


def _change(connection: Connection, file_id: str, changes: dict[str, Any]) -> None:
    connection.execute(media.update().where(media.c.id == file_id).values(**changes))
