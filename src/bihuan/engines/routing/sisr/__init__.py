"""Slack induction by string removals for large problems, in numba.

Christiaens and Vanden Berghe (2020, doi:10.1287/trsc.2019.0914), with four changes: a stop is put in only beside its
nearest stops; what was done is undone step by step, so that a step costs the same in a city of any size; positions that
can't be better than the best are passed over without looking at where they lie; and two threads work on one plan, each
on its own half of the vehicles, cut anew at each epoch.
"""
