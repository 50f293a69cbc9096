"""The archive as data: what the record of a cable holds, how it is written, and how files are cut and described."""
