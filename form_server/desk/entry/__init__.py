"""Who sits at the desk: signing in, sessions, devices, passkeys, invitations, recovery."""
