"""Every engine that draws the chart: a function that makes one that returns a PNG (or pixels)."""

import io
from collections.abc import Callable
from typing import Any

from tests.benchmarks.chart.picture import (
    BEFORE,
    BLUE,
    DAYS,
    DPI,
    FOOTNOTE,
    GREY,
    HEADLINE,
    HEIGHT,
    NOW,
    PICTURE,
    TITLE,
    WIDTH,
)

Draw = Callable[[], object]


def kepi() -> Draw:
    from kpis.charts.draw import draw

    return lambda: draw(PICTURE)


def pyplot() -> Draw:
    """As most do: pyplot, constrained layout, savefig."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    def draw() -> bytes:
        figure, axes = plt.subplots(
            figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, layout="constrained"
        )
        put(axes)
        figure.suptitle(TITLE)
        figure.text(0.01, 0.005, FOOTNOTE)
        out = io.BytesIO()
        figure.savefig(out, format="png", dpi=DPI)
        plt.close(figure)
        return out.getvalue()

    return draw


def put(axes: Any) -> None:
    axes.plot(DAYS, BEFORE, color=GREY, label="before")
    axes.plot(DAYS, NOW, color=BLUE, label="Instagram acme")
    axes.set_title(HEADLINE)
    axes.grid(axis="y")
    axes.legend()


def plain_figure() -> tuple[Any, Any]:
    """Return a figure and its canvas, drawn by hand: fixed margins, few and explicit ticks."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0.06, 0.1, 0.9, 0.74))
    axes.plot(range(30), BEFORE, color=GREY)
    axes.plot(range(30), NOW, color=BLUE)
    axes.set_xticks(range(0, 30, 7), [f"{DAYS[at]:%d %b}" for at in range(0, 30, 7)])
    axes.set_yticks(range(0, 3001, 500), [f"{at:,}" for at in range(0, 3001, 500)])
    axes.tick_params(length=0, labelsize=16)
    axes.grid(axis="y")
    for x, y, words in ((0.02, 0.94, TITLE), (0.02, 0.88, HEADLINE), (0.02, 0.02, FOOTNOTE)):
        figure.text(x, y, words, fontsize=20)
    return figure, canvas


def draw_only() -> Draw:
    """The floor of a fresh matplotlib figure: drawn, never encoded."""

    def draw() -> object:
        _, canvas = plain_figure()
        canvas.draw()
        return canvas.buffer_rgba()

    return draw


def reused() -> Draw:
    """The floor of matplotlib: one figure kept, its lines moved, isal for encoding."""
    import numpy as np

    from kpis.charts.png import encode

    figure, canvas = plain_figure()
    line = figure.axes[0].lines[1]

    def draw() -> bytes:
        line.set_ydata(NOW)
        canvas.draw()
        return encode(np.asarray(canvas.buffer_rgba()))

    return draw


def seaborn() -> Draw:
    import matplotlib as mpl

    mpl.use("Agg")
    import pandas as pd
    import seaborn as sns
    from matplotlib import pyplot as plt

    sns.set_theme()
    names = ["before"] * 30 + ["Instagram acme"] * 30
    facts = pd.DataFrame({"day": DAYS * 2, "value": BEFORE + NOW, "name": names})

    def draw() -> bytes:
        figure, axes = plt.subplots(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI)
        sns.lineplot(data=facts, x="day", y="value", hue="name", ax=axes)
        axes.set_title(HEADLINE)
        figure.suptitle(TITLE)
        figure.text(0.01, 0.005, FOOTNOTE)
        out = io.BytesIO()
        figure.savefig(out, format="png", dpi=DPI)
        plt.close(figure)
        return out.getvalue()

    return draw


def plotly() -> Draw:
    """plotly with kaleido's server: a Chromium stays open between charts."""
    import kaleido
    import plotly.graph_objects as go

    kaleido.start_sync_server(n=1, silence_warnings=True)
    options = {"format": "png", "width": WIDTH, "height": HEIGHT}

    def draw() -> object:
        figure = go.Figure(
            [
                go.Scatter(x=DAYS, y=BEFORE, name="before", line={"color": GREY}),
                go.Scatter(x=DAYS, y=NOW, name="Instagram acme", line={"color": BLUE}),
            ]
        )
        figure.update_layout(title=f"{TITLE}<br>{HEADLINE}", xaxis_title=FOOTNOTE)
        return kaleido.calc_fig_sync(figure, opts=options)

    return draw


def vega() -> Draw:
    """Vega-Lite through vl-convert, its engine kept warm."""
    import vl_convert

    rows = [
        {"day": day.isoformat(), "value": value, "name": name}
        for name, values in (("before", BEFORE), ("Instagram acme", NOW))
        for day, value in zip(DAYS, values, strict=True)
    ]
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH - 150,
        "height": HEIGHT - 150,
        "title": {"text": TITLE, "subtitle": [HEADLINE, FOOTNOTE]},
        "data": {"values": rows},
        "mark": "line",
        "encoding": {
            "x": {"field": "day", "type": "temporal"},
            "y": {"field": "value", "type": "quantitative"},
            "color": {"field": "name", "type": "nominal"},
        },
    }
    return lambda: vl_convert.vegalite_to_png(spec)


ENGINES: dict[str, Callable[[], Draw]] = {
    "kepi": kepi,
    "pyplot": pyplot,
    "draw only": draw_only,
    "reused figure": reused,
    "seaborn": seaborn,
    "plotly": plotly,
    "vl-convert": vega,
}
NEEDS = {"seaborn": ("seaborn",), "plotly": ("plotly", "kaleido"), "vl-convert": ("vl_convert",)}
