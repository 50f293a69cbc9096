"""The archive: which cables there are, where their pages stand, and how they relate."""
