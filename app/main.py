"""The service: every slice's doors behind one application."""
