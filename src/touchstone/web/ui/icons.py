"""Line icons on a 24 × 24 grid, drawn in the colour of the text beside them."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS = {
    "account": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 21c.6-4.2 3.8-6 8-6s7.4 1.8 8 6",
    "arrow": "M5 12h14M13 6l6 6-6 6",
    "audio": "M9 18V5l11-2v13M9 18a3 3 0 1 1-6 0 3 3 0 0 1 6 0ZM20 16a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z",
    "check": "M4 12.5 9.5 18 20 6.5",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.500l3.5 2",
    "copy": "M9 9h11v12H9ZM5 15H4V3h11v1",
    "cross": "M6 6l12 12M18 6 6 18",
    "dash": "M5 12h14",
    "download": "M12 3v12M6.5 10.5 12 16l5.5-5.500M4 20.500h16",
    "eye": "M2 12s3.5-6.5 10-6.500S22 12 22 12s-3.5 6.5-10 6.500S2 12 2 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
    "file": "M6 3h8l5 5v13H6ZM14 3v5h5",
    "globe": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
    "image": "M4 4h16v16H4ZM4 17l5-5 4 4 3-3 4 4M9.5 9a1 1 0 1 1-2 0 1 1 0 0 1 2 0Z",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.500M12 7.200v.1",
    "link": "M10 8H7a4 4 0 0 0 0 8h3M14 8h3a4 4 0 0 1 0 8h-3M8.5 12h7",
    "lock": "M5 11h14v10H5ZM8 11V7.500a4 4 0 0 1 8 0V11",
    "menu": "M3 6.500h18M3 12h18M3 17.500h18",
    "pencil": "M4 20l1-5L16.5 3.500l4 4L9 19ZM14 6l4 4",
    "plus": "M12 5v14M5 12h14",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 21 21",
    "seal": "M12 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM8.5 14 7 21.5l5-2.5 5 2.5-1.5-7.5M9.4 9l1.8 1.8 3.4-3.4",
    "text": "M4 6h16M4 11h16M4 16h10",
    "undo": "M8 5 3.5 9.5 8 14M4 9.500h10a6 6 0 0 1 0 12h-3",
    "upload": "M12 17V4M6.5 9.5 12 4l5.5 5.500M4 20.500h16",
    "video": "M3 6h12v12H3ZM15 10.5 21 7v10l-6-3.5",
    "warn": "M12 3.5 22 20.500H2ZM12 10v5M12 17.700v.1",
}


def icon_svg(name: str) -> SafeString:
    """One icon, hidden from screen readers: the words beside it carry the meaning. Raises KeyError."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"'
        ' stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="{}"/></svg>',
        mark_safe(PATHS[name]),  # noqa: S308
    )
