"""Published instances, solved by the product's own engine."""
