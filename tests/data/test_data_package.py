"""The data package of a site is valid by the schema of its standard, and true of its files."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from site_tools import build, telegram, write_files

from generator.settings import load_settings

# Of datapackage.org, version 2.0, without its words; `pip download check-datapackage` has it whole.
SCHEMA = json.loads(Path(__file__).with_name("data-package-2.0.json").read_text("utf-8"))


def package(project: Path, settings: str = "") -> tuple[Path, dict[str, Any]]:
    write_files(
        project,
        {
            "cablepress.toml": settings,
            "content/a.txt": telegram(1),
            "content/b.txt": telegram(2, tags="ECON"),
        },
    )
    build(project, load_settings(project))
    folder = project / "site/data"
    return folder, json.loads((folder / "datapackage.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ("", ["cables.csv", "cables.jsonl"]),
        ("[data]\nsqlite = true\n", ["cables.csv", "cables.jsonl", "archive.sqlite"]),
        (
            'title = "Salt & <snow>"\ndescription = "Of Ruritania."\nsite_url = "https://example.org/salt"\n'
            "[data]\njsonl = false\n",
            ["cables.csv"],
        ),
    ],
)
def test_it_is_valid_and_tells_the_truth(tmp_path: Path, settings: str, names: list[str]) -> None:
    folder, found = package(tmp_path, settings)
    jsonschema.validate(found, SCHEMA, cls=jsonschema.Draft7Validator)
    assert [resource["path"] for resource in found["resources"]] == names
    for resource in found["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert all(field["description"] for field in resource.get("schema", {}).get("fields", []))


def test_the_schema_would_tell_of_a_package_that_is_not_valid(tmp_path: Path) -> None:
    _, found = package(tmp_path)
    found["resources"][0]["schema"]["fields"][0]["type"] = "text"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, SCHEMA, cls=jsonschema.Draft7Validator)


def test_it_names_the_columns_that_the_files_have(tmp_path: Path) -> None:
    folder, found = package(tmp_path)
    fields = {
        resource["format"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in found["resources"]
    }
    with (folder / "cables.csv").open(encoding="utf-8", newline="") as table:
        assert next(csv.reader(table)) == fields["csv"]
    assert (
        list(json.loads((folder / "cables.jsonl").read_text("utf-8").partition("\n")[0])) == fields["jsonl"]
    )
