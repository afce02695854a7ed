"""The office's proxy: the way to WhatsApp, never the way between Riung's own programs.

Many offices reach the internet through a proxy alone and name it in `HTTPS_PROXY`. `requests` would
send calls to 127.0.0.1 there too unless `NO_PROXY` says otherwise, and looks for a `.netrc` with
passwords at every call; aiohttp uses no proxy unless one is named.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import requests

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def direct_session() -> requests.Session:
    """A session for a program of ours: no proxy, no passwords of others. An office's own
    certificates (`REQUESTS_CA_BUNDLE`) count.
    """
    session = requests.Session()
    session.trust_env = False
    session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or True
    return session


def is_answered(url: str, seconds: float) -> bool:
    """Whether a program of ours says at this address, in time, that it is well."""
    try:
        with direct_session() as session:
            return session.get(url, timeout=seconds).ok
    except requests.RequestException:
        return False


def proxy_for(url: str) -> str | None:
    """The proxy by which the environment reaches an address (`HTTPS_PROXY`, `NO_PROXY`); none for
    this machine, where the demo's WhatsApp is.
    """
    address = urlsplit(url)
    host = address.hostname or "localhost"
    if host in THIS_MACHINE or proxy_bypass(host):
        return None
    return getproxies().get(address.scheme)
