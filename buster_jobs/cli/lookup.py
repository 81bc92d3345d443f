"""Find the organization or the data source that a command's argument names."""

from buster_jobs.cli.errors import WrongInput
from buster_jobs.packages.database.people.organizations import Organization, get_active_organizations
from buster_jobs.packages.database.sources.data_sources import StoredDataSource, find_data_sources

_NONE = "there is none yet, `buster-jobs sources add` with --new-organization makes one"


def is_taken(name: str) -> bool:
    """Whether an active organization has this name."""
    return any(owner.name == name for owner in get_active_organizations())


def find_organization(name: str) -> Organization:
    """The active organization of that name or id. Raises `WrongInput`, listing them, when there is none, or several."""
    there = get_active_organizations()
    found = [owner for owner in there if name in (owner.name, str(owner.id))]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{owner.name} ({owner.id})" for owner in there) or _NONE
    raise WrongInput(f"Name one organization by its name or id, not {name!r}: {known}.")


def find_source(name: str) -> StoredDataSource:
    """The data source of that name or id. Raises `WrongInput` when there is none, or several."""
    found = find_data_sources(name)
    if not found:
        raise WrongInput(f"There is no data source {name!r}: `buster-jobs sources list` lists them.")
    if len(found) > 1:
        raise WrongInput(
            f"Several data sources are called {name!r}: name one by its id, {', '.join(str(s.id) for s in found)}."
        )
    return found[0]
