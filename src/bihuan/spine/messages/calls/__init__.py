"""Telephone calls as the exchange tells of them: who rings, at which extension, and which ask came of it."""
