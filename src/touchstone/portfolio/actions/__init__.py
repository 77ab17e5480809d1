"""Every write of portfolio."""

from touchstone.portfolio.actions.leaving import erase_work, forget_submission, withdraw_release
from touchstone.portfolio.actions.names import keep_identity, replace_identity
from touchstone.portfolio.actions.rows import clean_text, require_consent
from touchstone.portfolio.actions.submitting import begin_attempt, close_attempt, submit_attempt, withdraw_attempt
from touchstone.portfolio.actions.writing import (
    ANSWER_CAP,
    add_link,
    add_text,
    free_slot,
    record_file,
    remove_artifact,
    save_answer,
    start_submission,
)

__all__ = [
    "ANSWER_CAP",
    "add_link",
    "add_text",
    "begin_attempt",
    "clean_text",
    "close_attempt",
    "erase_work",
    "forget_submission",
    "free_slot",
    "keep_identity",
    "record_file",
    "remove_artifact",
    "replace_identity",
    "require_consent",
    "save_answer",
    "start_submission",
    "submit_attempt",
    "withdraw_attempt",
    "withdraw_release",
]
