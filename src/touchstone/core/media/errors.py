"""Why a file cannot be taken, each with a code for programs and a sentence for the person.

Sentences are templates with their ``facts`` apart, so that a page can say them in another language.
"""


class FileRefused(Exception):
    """A file that cannot be taken; `code` is stable, `str(error)` says what to do: `sentence` with its `facts`."""

    code = "file_refused"
    sentence = "This file cannot be taken. Please choose another one."

    def __init__(self, sentence: str | None = None, **facts: str) -> None:
        self.sentence, self.facts = sentence or self.sentence, facts
        super().__init__(self.sentence.format(**facts))


class EmptyFile(FileRefused):
    """Zero bytes, or nothing but blanks."""

    code = "empty_file"
    sentence = "This file is empty. Please check that it was saved, then add it again."


class FileTooLarge(FileRefused):
    """More bytes than the caller allows."""

    code = "file_too_large"
    sentence = "This file is too large: {size} is the most we can take. Please make it smaller, or split it into parts."

    def __init__(self, max_bytes: int) -> None:
        size = f"{max_bytes / 1_000_000:.0f} MB" if max_bytes >= 1_000_000 else f"{max_bytes // 1000} kB"
        super().__init__(size=size)


class PictureTooLarge(FileRefused):
    """More pixels than can be opened safely."""

    code = "picture_too_large"
    sentence = "This picture has too many pixels to open safely. Please save it at a smaller size."


class KindNotAccepted(FileRefused):
    """A kind of file that is never taken as evidence."""

    code = "kind_not_accepted"
    sentence = (
        "This kind of file cannot be taken. Please save it as a PDF, a Word, PowerPoint or Excel file, "
        "a picture, a sound recording, a video or plain text."
    )


class NameContradictsContent(FileRefused):
    """The file's name promises one kind and its bytes are another."""

    code = "name_contradicts_content"
    sentence = (
        "The name says .{promised}, but the content is something else. "
        "Please open the file in the program that made it and save it again."
    )

    def __init__(self, promised: str) -> None:
        super().__init__(promised=promised)


class ArchiveBomb(FileRefused):
    """A packed file that would unpack to far more than it should."""

    code = "archive_bomb"
    sentence = (
        "This file unpacks to far more than it should, so it was not opened. "
        "Please save a fresh copy, or save it as a PDF."
    )


class BrokenFile(FileRefused):
    """Cut short, damaged, or locked with a password."""

    code = "broken_file"
    sentence = (
        "This file is damaged or incomplete and cannot be opened. "
        "Please check that it opens on your device, then save it and add it again."
    )


class ActiveContent(FileRefused):
    """Macros or other content that runs by itself."""

    code = "active_content"
    sentence = (
        "This file holds macros or other content that runs by itself. "
        "Please save it without macros (as .docx, .pptx or .xlsx) or as a PDF."
    )
