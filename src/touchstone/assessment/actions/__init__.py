"""Every write of assessment."""

from touchstone.assessment.actions.erasing import erase_comments, forget_readings, leave_assessing
from touchstone.assessment.actions.keeping import let_offers_lapse
from touchstone.assessment.actions.leading import (
    agree_alliance,
    ask_alliance,
    ask_second_reading,
    end_alliance,
    qualify_from_pools,
    search_again,
    take_reading,
    waive_second_reading,
    widen_search,
)
from touchstone.assessment.actions.offering import (
    MOST_AT_ONCE,
    MOST_WEEKLY,
    accept_assignment,
    cancel_assignments,
    decline_assignment,
    give_out_waiting_work,
    offer_attempt,
    qualify_assessor,
    set_availability,
    take_back_barred_work,
)
from touchstone.assessment.actions.scoring import COMMENT_CAP, release_decision, save_score, submit_scores

__all__ = [
    "COMMENT_CAP",
    "MOST_AT_ONCE",
    "MOST_WEEKLY",
    "accept_assignment",
    "agree_alliance",
    "ask_alliance",
    "ask_second_reading",
    "cancel_assignments",
    "decline_assignment",
    "end_alliance",
    "erase_comments",
    "forget_readings",
    "give_out_waiting_work",
    "leave_assessing",
    "let_offers_lapse",
    "offer_attempt",
    "qualify_assessor",
    "qualify_from_pools",
    "release_decision",
    "save_score",
    "search_again",
    "set_availability",
    "submit_scores",
    "take_back_barred_work",
    "take_reading",
    "waive_second_reading",
    "widen_search",
]
