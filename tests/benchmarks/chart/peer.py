"""``python -m tests.benchmarks.chart.peer ENGINE``: draws a chart for every line it reads.

Answers each with a line of JSON: seconds passed, seconds of its own CPU, bytes.
"""

import contextlib
import json
import logging
import os
import sys
import time
import warnings


def main(name: str) -> None:
    from tests.benchmarks.chart.engines import ENGINES

    warnings.simplefilter("ignore")
    logging.disable()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    draw = ENGINES[name]()
    draw()
    print("ready", file=answers, flush=True)
    for _ in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        picture = draw()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        size = len(picture) if isinstance(picture, bytes) else 0
        print(json.dumps({"wall": wall, "cpu": cpu, "bytes": size}), file=answers, flush=True)
    if name == "plotly":
        import kaleido

        with contextlib.suppress(Exception):
            kaleido.stop_sync_server()


if __name__ == "__main__":
    main(sys.argv[1])
