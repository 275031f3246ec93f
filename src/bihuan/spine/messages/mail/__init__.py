"""E-mail that people write to the city: fetched from a mailbox, read as words."""
