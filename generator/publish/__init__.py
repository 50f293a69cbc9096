"""Sends a site to where it is served: its branch, its address, the workflow that does it on a server."""
