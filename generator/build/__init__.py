"""Build: the engine that makes a site of a folder of telegrams, and the check that only reads them.

`engine` is where to begin. A package imports nothing by itself: a build with nothing to do needs little of the program.
"""
