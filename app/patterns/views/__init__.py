"""What the pages of patterns show, in words and figures."""
