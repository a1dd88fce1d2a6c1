"""Addresses in articles: found, checked, and shown before anything is opened. Never a shell, only http(s)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

if TYPE_CHECKING:
    from reader.model import Article

_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»‘’]+")
_TRAILING = ".,;:!?)]}'…"
MOST = 200
"""Addresses looked for in one article."""


def safe_address(text: str | None) -> str | None:
    """The address as it may be opened, its host in punycode; `None` when it must not be.

    Accepts http and https with a host, without user, password, control characters or spaces. What is hidden
    by percent signs is checked as well.
    """
    if not text or len(text) > 2000:
        return None
    for form in (text, unquote(text)):
        if form.startswith("-") or any(ch.isspace() or not ch.isprintable() for ch in form):
            return None
    try:
        parts = urlsplit(text)
        host = parts.hostname
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.password:
        return None
    encoded = _punycode(host)
    if encoded is None:
        return None
    netloc = encoded if port is None else f"{encoded}:{port}"
    return SplitResult(parts.scheme, netloc, parts.path, parts.query, parts.fragment).geturl()


def _punycode(host: str) -> str | None:
    """The host in ASCII; `None` when it is no host name."""
    try:
        encoded = host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return encoded.lower() if re.fullmatch(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]", encoded) else None


def addresses(article: Article) -> tuple[str, ...]:
    """The article's own address first, then those in its body, each once, only those that may be opened."""
    found = dict.fromkeys(filter(None, map(safe_address, _candidates(article))))
    return tuple(found)[:MOST]


def placed_addresses(article: Article) -> tuple[tuple[int, str], ...]:
    """Where each address of the body begins, in order; those that may not be opened are left out."""
    found = []
    for match in _ADDRESS.finditer(article.body):
        address = safe_address(match[0].rstrip(_TRAILING))
        if address is not None:
            found.append((match.start(), address))
    return tuple(found[:MOST])


def _candidates(article: Article) -> Iterator[str]:
    if article.url:
        yield article.url
    for match in _ADDRESS.finditer(article.body):
        yield match[0].rstrip(_TRAILING)
