"""When organizations' views are to be refreshed by themselves. Which views are due stands in packages/warehouse."""

import dagster as dg


class ViewsDue(dg.AutomationCondition[dg.AssetKey]):
    """True for organizations with a view that has something new to show.

    Asks our database, which knows the tables that each view reads; Dagster's own conditions know only that some table
    of some data source is new, and would refresh everybody's views after every sync.
    """

    @property
    def name(self) -> str:
        """As the UI shows it."""
        return "views_due"

    def evaluate(self, context: dg.AutomationContext[dg.AssetKey]) -> dg.AutomationResult[dg.AssetKey]:
        """The partitions for which it is true now."""
        from buster_jobs.packages.warehouse.views.due import organizations_due  # SQLAlchemy takes long to import

        partitions = context.partitions_def
        if partitions is None or context.candidate_subset.is_empty:
            return dg.AutomationResult(context, context.get_empty_subset())
        due = {str(organization_id) for organization_id in organizations_due()}
        found = context.asset_graph_view.get_subset_from_partition_keys(context.key, partitions, due)
        return dg.AutomationResult(context, context.candidate_subset.compute_intersection(found))
