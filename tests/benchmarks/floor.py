"""Writes as many files of the same names and sizes as a finished site has, and prints the seconds of the writing.

    python tests/benchmarks/floor.py SITE FOLDER

No build can be faster than this. The bytes come from memory; what is timed is making folders and files alone.
"""

import os
import sys
import time
from pathlib import Path


def main(site: Path, folder: Path) -> None:
    folders: list[Path] = []
    files: list[tuple[str, int]] = []
    for below, _, names in os.walk(site):
        target = folder / Path(below).relative_to(site)
        folders.append(target)
        files.extend((f"{target}/{name}", Path(below, name).stat().st_size) for name in names)
    page = memoryview(bytes(range(256)) * (max(size for _, size in files) // 256 + 1))
    began = time.perf_counter()
    for target in folders:
        target.mkdir()
    for name, size in files:
        file = os.open(name, os.O_WRONLY | os.O_CREAT, 0o666)
        os.write(file, page[:size])
        os.close(file)
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
