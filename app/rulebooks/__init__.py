"""The rules that rosters are judged by: shipped rulebooks, and a force's own numbers over them."""
