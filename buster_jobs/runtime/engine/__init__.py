"""The only room that knows Dagster's insides. Every private import stands here, with its reason."""
