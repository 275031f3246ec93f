"""Words in the summaries of Cases."""

from django.db.models import Max, Q

from bihuan.spine.cases.models import Case

# Words are looked for in the newest Cases only: reading a city's whole past for a word takes seconds.
WINDOW = 50_000


def holding(text: str) -> Q:
    """Return the condition that a Case is among the newest and its summary holds every word."""
    newest = Case.objects.aggregate(newest=Max("id"))["newest"] or 0
    found = Q(pk__gt=newest - WINDOW)
    for word in text.split():
        found &= Q(summary__icontains=word)
    return found
