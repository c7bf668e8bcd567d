"""WeChat's interface for public accounts: our own adapter on httpx, what it accepts, and an imitation of the server."""
