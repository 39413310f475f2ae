"""Charts are drawn with the fonts' cache of the program itself: made once, found again."""

import os

from kpis.charts.workers import find_cache_folder

folder = find_cache_folder()
folder.mkdir(parents=True, exist_ok=True)
os.environ["MPLCONFIGDIR"] = str(folder)
