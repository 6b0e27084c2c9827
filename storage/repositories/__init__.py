"""What `bot.ports` asks of a store, one module for each repository, in statements over columns.

What is asked often is a statement of its module, built once: to put one together anew takes longer than SQLite does to
find a row.
"""
