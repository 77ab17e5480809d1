"""A person's rights to her data: a copy of it, and its erasure. The only code that reaches through every context."""
