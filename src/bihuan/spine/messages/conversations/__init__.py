"""What is remembered of conversations: where an ask came from, what was heard already, what waits for a choice."""
