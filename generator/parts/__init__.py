"""An archive in parts: cuts a site that was built into several, each below the limit of its host, and a portal over all."""
