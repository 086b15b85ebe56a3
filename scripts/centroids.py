"""Write invented centroids of villages: kilometres on a plane, no real coordinates, every one marked 「估」.

A place that has measured its own replaces rows of `src/lianxin/contacts/data/centroids.csv`.
"""

from __future__ import annotations

import csv
import math
import random
from pathlib import Path

DATA = Path(__file__).parent.parent / "src/lianxin"
COLUMNS, APART = 7, 11.0


def main() -> None:
    """Put towns on a grid and each town's villages around it, near ones more often than far ones."""
    with (DATA / "regions/data/xunyang_divisions.csv").open(encoding="utf-8") as source:
        codes = sorted({row["code"] for row in csv.DictReader(source)})
    towns = sorted({code[:9] + "000" for code in codes})
    chance = random.Random(321)
    with (DATA / "contacts/data/centroids.csv").open("w", encoding="utf-8", newline="") as target:
        out = csv.writer(target, lineterminator="\n")
        out.writerow(["code", "x_km", "y_km", "mark"])
        for place, town in enumerate(towns):
            x, y = (place % COLUMNS) * APART, (place // COLUMNS) * APART
            out.writerow([town, f"{x:.2f}", f"{y:.2f}", "估"])
            for village in (code for code in codes if code[:9] == town[:9] and code != town):
                far, turn = min(5.2, chance.lognormvariate(0.6, 0.55)), chance.uniform(0, 2 * math.pi)
                out.writerow(
                    [village, f"{x + far * math.cos(turn):.2f}", f"{y + far * math.sin(turn):.2f}", "估"]
                )


if __name__ == "__main__":
    main()
