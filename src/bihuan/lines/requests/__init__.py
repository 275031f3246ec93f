"""Asks of everyday life that any resident may bring: medicine, food, power, a visit, a word.

This line adds services and nothing else: each is a Case of the spine from the door to the asker's
yes. A service that grows rules of its own (passes, parcels …) becomes a line of its own.
"""
