"""A week as a picture, and as the text that says the same."""
