"""The service and the command `parade`: the only package that knows both pure libraries."""
