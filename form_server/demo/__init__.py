"""The whole house on loopback, for looking: nothing in here is reachable from `create_app()`."""
