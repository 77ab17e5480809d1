"""The one base of every error in this package."""


class OpenBadgesError(ValueError):
    """Something about a badge, key, list or image that is not as it must be.

    `code` is stable and may be translated; `str(error)` is the English sentence for a person;
    `details` are the values the sentence mentions.
    """

    code = "open_badges_error"

    def __init__(self, sentence: str, **details: str) -> None:
        super().__init__(sentence)
        self.details = details


class CannotCheck(OpenBadgesError):
    """Something that may well be right, but that cannot be decided with what is at hand."""

    code = "cannot_check"
