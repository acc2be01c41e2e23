"""`parade import`: counts and people from files."""

from __future__ import annotations

import click

from app.cli.import_counts import counts_from_file
from app.cli.import_people import people_from_files


@click.group(name="import")
def import_() -> None:
    """Take counts and people from files; all of a file is kept or nothing."""


import_.add_command(counts_from_file)
import_.add_command(people_from_files)
