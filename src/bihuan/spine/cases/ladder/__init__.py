"""The escalation ladder: who is told when a promise runs out, and the joint check at its top."""
