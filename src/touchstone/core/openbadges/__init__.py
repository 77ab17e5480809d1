"""Open Badges 3.0: compose, canonicalise, sign, status lists, bake, verify. Plain Python, no network, no clock."""
