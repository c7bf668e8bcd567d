"""How often one client may ask for something expensive. Addresses are kept for minutes, in the cache, as digests."""

from __future__ import annotations

from ipaddress import IPv6Network, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def client_of(request: HttpRequest) -> str:
    """The network a request comes from: an IPv4 address, or the /64 of an IPv6 address.

    Behind ``GONGKAI_PROXIES`` reverse proxies it is what the outermost of them saw; what a client writes into
    X-Forwarded-For itself is not believed.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.GONGKAI_PROXIES:
        forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        if len(forwarded) >= settings.GONGKAI_PROXIES:
            seen = forwarded[-settings.GONGKAI_PROXIES]
    try:
        address = ip_address(seen)
    except ValueError:
        return seen
    if address.version == 6:
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(IPv6Network((int(address), 64), strict=False))
    return str(address)


def allowed(request: HttpRequest, what: str, times: int, seconds: int) -> bool:
    """Whether a client may do something once more: at most ``times`` in a window of ``seconds``."""
    return within(what, client_of(request), times, seconds)


def within(what: str, whom: str, times: int, seconds: int) -> bool:
    """The same for whatever is limited: ``whom`` is kept as a keyed digest only."""
    key = f"throttle:{what}:{salted_hmac(what, whom, algorithm='sha256').hexdigest()}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return int(cache.incr(key)) <= times
    except ValueError:  # the window ended between the two
        cache.set(key, 1, seconds)
        return True
