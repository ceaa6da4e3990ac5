"""The speakers' door: their talks, what they give to each, and when it goes to the organisers."""
