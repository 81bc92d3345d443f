"""The whole system as its users meet it: `dagster dev`, GraphQL, a browser."""
