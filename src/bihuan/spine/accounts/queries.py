"""Reading about agencies."""

from django.db.models import QuerySet

from bihuan.spine.accounts.models import Agency, User


def own_agencies(user: User) -> QuerySet[Agency]:
    """Return the person's agency and all below it; nothing for a closed account or one without an agency."""
    if not user.is_active or user.agency is None:
        return Agency.objects.none()
    # Paths end in a slash, so a neighbour whose code begins alike is not taken for a child.
    return Agency.objects.filter(path__startswith=user.agency.path)


def is_own(user: User, agency: Agency | None) -> bool:
    """Say whether an agency is the person's own or below it."""
    if not user.is_active or user.agency is None or agency is None:
        return False
    return agency.path.startswith(user.agency.path)
