"""The report of scripts/structure.py on this project."""

import subprocess
import sys

from buster_jobs_tests.support.dagster_dev import ROOT


def test_the_report_names_sizes_fragments_and_contracts() -> None:
    command = [sys.executable, "scripts/structure.py", "--fragments"]
    report = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert " files, " in report
    assert "have their only importer in the same folder" in report
    assert "Commands are independent of each other" in report
