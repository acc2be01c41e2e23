"""What the pages of scenarios show, laid out for their templates."""
