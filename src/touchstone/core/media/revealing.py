"""Addresses and paths that name a person, a computer or a shared drive."""

import re
from urllib.parse import unquote, urlsplit

_PATH = re.compile(
    r"(?:^|[\s\"'(=])(?:file:|[a-z]:[\\/]|\\\\[\w.-]+\\|~/|/(?:Users|home|Volumes|mnt)/)|%(?:appdata|userprofile)%",
    re.IGNORECASE,
)
_PICTURE_NAME = re.compile(
    r"\A[^\n]{1,200}\.(?:jpe?g|png|gif|heic|webp|tiff?|bmp|svg|mp4|mov|m4a|mp3|wav)\Z", re.IGNORECASE
)
_PERSONAL = re.compile(r"/(?:personal|people|users?|profiles?|u)/|/~|/@|-my\.sharepoint\.", re.IGNORECASE)
_PERSONAL_HOSTS = (
    "d.docs.live.net",
    "onedrive.live.com",
    "facebook.com",
    "linkedin.com",
    "instagram.com",
    "x.com",
)
_WEB = ("http", "https")


def mentions_a_path(text: str) -> bool:
    """True for a text that holds a folder of a computer or a shared drive, or is a picture's file name."""
    return bool(_PATH.search(text) or _PICTURE_NAME.match(text.strip()))


def is_revealing_link(address: str) -> bool:
    """True for every address but an ordinary web page's: files, mail, personal pages and drives."""
    address = unquote(address.strip())
    if address.startswith("#"):
        return False
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return True
    if parts.scheme.lower() not in _WEB or not host:
        return True
    if parts.username or "@" in parts.netloc or host in _PERSONAL_HOSTS:
        return True
    return bool(_PERSONAL.search(f"{parts.netloc}{parts.path}"))
