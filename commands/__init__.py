"""What people can say or do to Kepi in Slack: one file each, with ``register(app, context)``."""
