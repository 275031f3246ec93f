"""Closing honestly: who is asked whether it is done, what was answered, and the rates counted from that."""
