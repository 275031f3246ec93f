"""Agencies that work with an Open311 server of their own: they get our Cases there, and what they say there is heard.

``gathering`` finds what is to go out, ``travelling`` carries it beside the worker's rounds, ``sending`` posts a Case
and never twice after an unclear answer, ``polling`` asks what became of it, ``deeds`` makes verbs of that.
"""
