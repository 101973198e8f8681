"""Those who write, review and publish at the hub, and how they sign in."""
