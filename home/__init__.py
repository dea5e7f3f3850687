"""The home page and the demo content that fills a new installation."""
