"""The rules a roster is judged by: one file each, and `registry` that lists them."""
