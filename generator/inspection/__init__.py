"""Looks at a site that was built, file by file, and says what is wrong with it; nothing is mended."""
