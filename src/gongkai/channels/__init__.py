"""Where else it is published: WeChat accounts, the gazette, the press, press conferences."""
