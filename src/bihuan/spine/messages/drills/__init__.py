"""Channel drills: a test on every channel to whoever is on duty, and who answered in the window."""
