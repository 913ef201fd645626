"""The desk: pages for a browser and an API, over the same services as the terminal."""
