"""The rulebook as people keep it: editions and drafts, a rule in words, a draft tried on Cases that were."""
