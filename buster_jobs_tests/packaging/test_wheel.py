"""What the wheel holds."""

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from buster_jobs_tests.packaging.conftest import build
from buster_jobs_tests.packaging.environments import ROOT

COPIED = ("dagster.yaml", "workspace.yaml")
"""Files of the repository's root of which the package gets copies."""


def test_the_wheel_holds_every_file_of_the_package_and_no_other(wheel: Path) -> None:
    package = ROOT / "buster_jobs"
    files = {str(path.relative_to(ROOT)) for path in package.rglob("*") if path.is_file()}
    in_tree = {name for name in files if "__pycache__" not in name}
    assert _files_of(wheel) == in_tree | {f"buster_jobs/{name}" for name in COPIED}


@pytest.mark.parametrize("name", COPIED)
def test_the_wheels_configuration_is_the_repositorys_own(wheel: Path, name: str) -> None:
    with ZipFile(wheel) as archive:
        assert archive.read(f"buster_jobs/{name}") == (ROOT / name).read_bytes()


def test_the_wheel_can_also_be_built_from_the_source_distribution(wheel: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(build("sdist", ROOT, tmp_path / "sdist"), tmp_path / "unpacked")
    (source,) = (tmp_path / "unpacked").iterdir()
    assert _files_of(build("wheel", source, tmp_path / "dist")) == _files_of(wheel)


def _files_of(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}
