"""Faults, each on an index of its own, and whether it is what it must be after. Python's standard library alone."""

import os
import pathlib
import sys
import time
import traceback

import damage
import disks
import kills
from place import Failed, Place

PROGRAM, FOLDER, COUNT = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
SEED = int(os.environ.get("FAULTS_SEED", time.time()))
FAULTS = [
    ("kill -9 of ingest under load", kills.ingests, COUNT),
    ("kill -9 of a first ingest", kills.first_ingests, COUNT // 5),
    ("kill -9 of serve under load", kills.servers, COUNT),
    ("kill -9 of restore", kills.restores, COUNT // 5),
    ("backup while ingest runs", kills.backups, COUNT // 10),
    ("restore under a server", kills.restore_live, COUNT // 10),
    ("full disk", disks.full, COUNT // 5),
    ("limit on the size of files", disks.file_limit, COUNT // 10),
    ("read-only disk", disks.read_only, 1),
    ("second writer", disks.second_writer, 1),
    ("folder gone under a server", disks.vanished, 1),
    ("`current` lost", disks.current_lost, 1),
    ("clock jumps", disks.clocks, 1),
    ("files of the index damaged", damage.files, COUNT // 10),
    ("damaged index built anew", damage.rebuilt, 1),
    ("backups damaged", damage.backups, COUNT // 2),
    ("hostile backups", damage.hostile, 1),
]


def main():
    only, failed = os.environ.get("FAULTS", ""), []
    print(f"FAULTS_SEED={SEED}", flush=True)
    for number, (name, fault, count) in enumerate(FAULTS):
        if only and not any(part in name for part in only.split(",")):
            continue
        start = time.monotonic()
        place = Place(PROGRAM, FOLDER / str(number), SEED + number)
        try:
            says = fault(place, max(count, 1))
        except Failed as error:
            says = f"FAILED: {error}"
        except Exception:
            says = f"FAILED: {traceback.format_exc()}"
        if says.startswith("FAILED"):
            failed.append(name)
        print(f"{name:28} {says}  ({time.monotonic() - start:.0f} s)", flush=True)
    if failed:
        sys.exit(f"FAILED: {', '.join(failed)}")


main()
