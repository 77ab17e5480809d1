"""A crawler that signs in as everybody, reads everything, and looks for what ``core.sight`` withholds."""
