"""Finding the organization that a command is about."""

from buster_jobs.cli.errors import WrongInput
from buster_jobs.packages.database.people.organizations import Organization, get_active_organizations

_NONE = "there is none yet, `buster-jobs sources add` with --new-organization makes one"


def is_taken(name: str) -> bool:
    """Whether an active organization has this name."""
    return any(owner.name == name for owner in get_active_organizations())


def find_organization(name: str) -> Organization:
    there = get_active_organizations()
    found = [owner for owner in there if name in (owner.name, str(owner.id))]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{owner.name} ({owner.id})" for owner in there) or _NONE
    raise WrongInput(f"Name one organization by its name or id, not {name!r}: {known}.")
