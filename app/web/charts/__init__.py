"""Charts as inline SVG that is right in both themes: data in, markup out."""
