"""The made-up people and places whose traces the tests look for."""

from datetime import UTC, datetime

from touchstone.demo import evidence

MAKER = evidence.Maker(
    "Jane Zzyzxsmith",
    organisation="Qwyjibo School",
    colleague="Vexil Plonkberg",
    made_at=datetime(2019, 7, 23, 11, 47, 53, tzinfo=UTC),
    gps=(38.9072, -77.0369),
    camera_make="Camerawerk",
    camera_model="Lichtbild 900",
    camera_serial="SERIAL77XQ",
)
TITLE = "Zzyzxsmith period 3"
PLANTED = (
    "Zzyzxsmith", "zzyzxsmith", "Qwyjibo", "Vexil", "Plonkberg", "Camerawerk", "Lichtbild", "SERIAL77XQ",
    "38.9072", "077.0369", "2019-07-23", "2019:07:23", "20190723", "C:\\Users", "C:/Users",
)  # fmt: skip
"""None of these may stand anywhere in a blind copy."""

LINES = ("3/4 = 6/8", "each fourth is two eighths")
CAPTIONS = ("How do you know?", "Show me on the line")
KINDS_MADE = (
    "docx", "pptx", "xlsx", "pdf", "jpg", "heic", "png", "webp", "mp3", "m4a", "wav", "ogg", "mp4", "mov",
    "webm",
)  # fmt: skip
