"""Pictures that only we can reach (a queue ticket's QR code) are uploaded to Meta before sending.

The backend listens inside the office's net; Meta could not fetch a link to it. Everything else
goes out as a link.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Any

import aiohttp

from riung.whatsapp.graph import Graph, RefusedError, UnreachableError, UnsureError

LIMIT = 16 * 1024 * 1024
"""Bytes of a file we upload; pictures may have 5 MB, documents more than phones open (Meta §7)."""

_REMEMBERED = 500  # media ids of pictures sent before; Meta keeps them 30 days
_UPLOAD_FAILED = "131053"


class Uploads:
    """Replaces links to our own addresses by media ids."""

    def __init__(self, graph: Graph, own_addresses: tuple[str, ...]) -> None:
        self._graph = graph
        self._own = tuple(address.rstrip("/") + "/" for address in own_addresses if address)
        self._ids: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def replace_links(self, number: str, message: dict[str, Any]) -> dict[str, Any]:
        """`message` with every picture Meta can fetch, or has already.

        Raises:
            GraphError: the picture could not be read or uploaded; as for a failed send.
        """
        for holder in _pictures(message):
            link = holder.get("link", "")
            if link.startswith(self._own):
                del holder["link"]
                holder["id"] = await self._media_id(number, link)
        return message

    async def _media_id(self, number: str, link: str) -> str:
        known = self._ids.get((number, link))
        if known:
            return known
        content, mime_type = await self._read(link)
        try:
            media_id = await self._graph.upload(number, content, mime_type)
        except UnsureError as error:  # the upload is in doubt, the message itself has not left
            raise UnreachableError(str(error)) from error
        self._ids[(number, link)] = media_id
        if len(self._ids) > _REMEMBERED:
            self._ids.popitem(last=False)
        return media_id

    async def _read(self, link: str) -> tuple[bytes, str]:
        timeout = aiohttp.ClientTimeout(total=5)
        try:
            async with self._graph.session.get(link, timeout=timeout) as response:
                content = await response.content.read(LIMIT + 1)
                if response.status != 200 or len(content) > LIMIT:
                    raise RefusedError(_UPLOAD_FAILED)
                return content, response.content_type
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise UnreachableError(type(error).__name__) from error


def _pictures(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of a body that may name a file by link."""
    kind = message.get("type", "")
    if kind in ("image", "video", "audio", "document"):
        return [message[kind]]
    header = message.get("interactive", {}).get("header", {})
    return [header["image"]] if "image" in header else []
