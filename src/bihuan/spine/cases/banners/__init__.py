"""Banners: a known fault over an area, said to whoever is about to ask, so that one fault stays one Case.

``area`` says which asks a banner fits, ``catching`` lets later asks join its Case, ``actions`` puts banners up and
takes them down, ``gathering`` merges what was asked before, ``queries`` lists them.
"""

SOMETHING_ELSE = "something_else"
"""The code of the answer by which an asker says that a known fault is not what they mean."""
