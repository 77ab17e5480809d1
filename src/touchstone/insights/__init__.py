"""Insights: what the scores say about themselves. Reads everything, writes its own read models."""
