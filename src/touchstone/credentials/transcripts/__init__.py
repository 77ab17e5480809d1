"""Transcripts of a holder's badges, signed by the platform: it vouches for what belongs together, and nothing else."""
