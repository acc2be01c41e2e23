"""Public holidays of a room by its time zone, until somebody says otherwise."""

from __future__ import annotations

from collections.abc import Mapping

ZONE_HOLIDAYS: Mapping[str, str] = {
    "Europe/London": "GB-ENG",
    "Europe/Belfast": "GB-NIR",
    "Europe/Dublin": "IE",
    "America/New_York": "US",
    "America/Chicago": "US",
    "America/Denver": "US",
    "America/Los_Angeles": "US",
}
"""Public holidays assumed of a zone whose country is plain; elsewhere none are assumed. London's
zone is Wales's and Scotland's as well: a room there gives its own code once."""
