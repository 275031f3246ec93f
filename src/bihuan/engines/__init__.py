"""Engines: numbers in, numbers out. No Django, nothing of Bihuan."""
