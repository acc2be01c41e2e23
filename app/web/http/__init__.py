"""What every door over HTTP shares: problems, strict schemas, versions, pages of lists."""
