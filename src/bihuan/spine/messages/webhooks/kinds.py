"""The kinds of Events that other systems may hear of, as ``case.verb``: what moves a Case, and its clocks."""

VERBS = (
    "opened", "assign", "transfer", "accept", "return_to_triage", "dispatch", "arrive", "finish", "hold", "answer",
    "resume", "reply", "say", "resolve", "confirm", "check", "close", "reopen", "decline", "withdraw", "merge",
    "unmerge", "unshelve", "reclassify", "set_priority", "relocate", "refer", "decide", "breached",
)  # fmt: skip
KINDS = tuple(f"case.{verb}" for verb in VERBS)
PING = "ping"
