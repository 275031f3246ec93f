"""People in care: those whom a closed door endangers, whoever looks after them, and what is due.

A person is listed with consent, looked in on by a rota, and leaves the list again. Each check says: seen well,
no answer, needs something (an ask, through the one door), could not go. A check that is missed, and what runs
out (medicine, oxygen, gas, formula), becomes a Case by itself, exactly once.
"""
