"""What a page shows, worked out from a plan: plain frozen data that the templates lay out."""
