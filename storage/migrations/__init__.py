"""How the schema came to be, one revision a step; `storage.migrate` runs them."""
