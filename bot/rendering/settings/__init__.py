"""Calendar Settings: a frame with its tabs, and the forms that open on top of it."""
