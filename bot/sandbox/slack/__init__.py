"""A stand-in for Slack on loopback: its Web API, what it delivers to an app, and the people who use it."""
