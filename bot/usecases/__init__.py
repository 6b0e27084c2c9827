"""What Daybook does, one use-case a file: gather through the ports, let the domain decide, write, tell."""
