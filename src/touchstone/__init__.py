"""Touchstone: educator micro-credentials."""
