"""What people do while processes die under them: each story has its steps, and what must be true at its end."""

from tests.concurrency.stories.earning import Awarded, BegunAgain, Released, Scored, Submitted
from tests.concurrency.stories.joining import Invited, InvitedByList, LastUse, SignUp
from tests.concurrency.stories.world import Story, World, jobs, let_time_pass, settle, warm_up

__all__ = ["STORIES", "Story", "World", "jobs", "let_time_pass", "settle", "warm_up"]

STORIES: tuple[type[Story], ...] = (
    SignUp,
    Invited,
    LastUse,
    InvitedByList,
    Submitted,
    BegunAgain,
    Scored,
    Released,
    Awarded,
)
