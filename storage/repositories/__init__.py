"""What `bot.ports` asks of a store, one module for each repository, in statements over columns."""
