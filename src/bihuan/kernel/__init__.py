"""Small things that every floor stands on; no tables."""
