"""Learning from a city's own closed Cases which service and which agency a text is likely to be about.

A linear model over short runs of characters. It only ever suggests; a person takes a suggestion or leaves it.
"""
