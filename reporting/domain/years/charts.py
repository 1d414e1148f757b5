"""Bars of the charts: where each begins and how long it is, in percent of the width, so that text keeps its size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TEXT, BAR, LABELS, GAP = 22, 22, 20, 18
LEAST_SHARE_WITH_LABEL = 7


@dataclass(frozen=True, kw_only=True)
class Bar:
    """x, width, middle: percent of the chart's width, written as SVG wants it. label: below it, or empty."""

    name: str
    x: str
    width: str
    middle: str
    label: str


@dataclass(frozen=True, kw_only=True)
class ChartRow:
    """One year. heading_y, bar_y, label_y: in pixels from the top. note: on the right of the heading."""

    heading: str
    note: str
    heading_y: int
    bar_y: int
    label_y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart with its words; description says all that the bars show. rule_ys: above a year whose method broke."""

    name: str
    title: str
    description: str
    height: int
    rows: tuple[ChartRow, ...]
    rule_ys: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class YearBars:
    """What one year's row shows: the text above it, and the size of its parts."""

    heading: str
    parts: Mapping[str, int]
    note: str = ""
    is_broken: bool = False


def bar_chart(
    *, name: str, title: str, description: str, years: Sequence[YearBars], full: int, has_labels: bool = False
) -> Chart:
    """full: the size that fills the width, at least the largest sum of parts. has_labels: parts say their share."""
    step = TEXT + BAR + (LABELS if has_labels else 0) + GAP
    return Chart(
        name=name,
        title=title,
        description=description,
        height=max(step * len(years) - GAP, 0),
        rows=tuple(
            ChartRow(
                heading=year.heading,
                note=year.note,
                heading_y=index * step + 16,
                bar_y=index * step + TEXT,
                label_y=index * step + TEXT + BAR + 15,
                bars=_bars(year.parts, full=full, has_labels=has_labels),
            )
            for index, year in enumerate(years)
        ),
        rule_ys=tuple(index * step - GAP // 2 for index, year in enumerate(years) if year.is_broken and index),
    )


def _bars(parts: Mapping[str, int], *, full: int, has_labels: bool) -> tuple[Bar, ...]:
    bars, begin = [], 0
    for name, size in parts.items():
        if size and full:
            shown = has_labels and size * 100 >= LEAST_SHARE_WITH_LABEL * full
            bars.append(
                Bar(
                    name=name,
                    x=_percent(begin, full),
                    width=_percent(size, full),
                    middle=_percent(2 * begin + size, 2 * full),
                    label=f"{size} %" if shown else "",
                )
            )
        begin += size
    return tuple(bars)


def _percent(size: int, full: int) -> str:
    """With a point, whatever the reader's language: it is an attribute, not a figure to read."""
    return f"{size * 100 / full:.2f}%"
