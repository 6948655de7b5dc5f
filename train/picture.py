"""Draws eval/encoder.csv: accuracy against speed.

    python -m train.picture eval/encoder.csv docs/encoder.svg

In: a row for each encoder that was tried. Out: an SVG; rows without a speed are left out. Never: measuring.
"""

import argparse
import csv
import pathlib
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, BOTTOM = 720, 420, 60, 50
SPEEDS = {"pieces_per_second_avx2": ("AVX2", "#b5541c"), "pieces_per_second_vnni": ("AVX-512 VNNI", "#1c5cb5")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("picture", type=pathlib.Path)
    args = parser.parse_args()
    with open(args.table, encoding="utf-8", newline="") as f:
        rows = [row for row in csv.DictReader(f) if row["pieces_per_second_avx2"]]
    args.picture.write_text(draw(rows), encoding="utf-8")


def draw(rows: list[dict[str, str]]) -> str:
    most = max(float(row[speed]) for row in rows for speed in SPEEDS) * 1.15
    scores = [float(row["f1"]) for row in rows]
    low, high = int(min(scores)) // 5 * 5, int(max(scores)) // 5 * 5 + 5

    def x(speed: float) -> float:
        return LEFT + (WIDTH - LEFT - 20) * speed / most

    def y(f1: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - 30) * (f1 - low) / (high - low)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">']
    out.append(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>')
    for f1 in range(low, high + 1, 5):
        out.append(f'<path d="M{LEFT} {y(f1):.0f}H{WIDTH - 20}" stroke="#ddd"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y(f1) + 4:.0f}" text-anchor="end">{f1}</text>')
    for speed in range(0, int(most) + 1, 10_000):
        out.append(f'<text x="{x(speed):.0f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{speed:,}</text>')
    out.append(f'<text x="{(LEFT + WIDTH) // 2}" y="{HEIGHT - 10}" text-anchor="middle">word pieces per CPU second, encoder alone</text>')
    out.append(f'<text x="{LEFT}" y="18">attribution F1 on dev, model alone</text>')
    labels: list[tuple[float, float]] = []
    for row in rows:
        at = [(x(float(row[speed])), y(float(row["f1"])), color) for speed, (_, color) in SPEEDS.items()]
        out.append(f'<path d="M{at[0][0]:.0f} {at[0][1]:.0f}L{at[1][0]:.0f} {at[1][1]:.0f}" stroke="#999"/>')
        out += [f'<circle cx="{cx:.0f}" cy="{cy:.0f}" r="4" fill="{color}"/>' for cx, cy, color in at]
        side = "end" if at[1][0] > WIDTH * 0.6 else "start"
        # Above its dot, or below where another label stands.
        crowded = any(abs(at[1][0] - lx) < 240 and abs(at[1][1] - 8 - ly) < 14 for lx, ly in labels)
        labels.append((at[1][0], at[1][1] + (18 if crowded else -8)))
        out.append(f'<text x="{at[1][0]:.0f}" y="{labels[-1][1]:.0f}" text-anchor="{side}">{escape(row["encoder"])}</text>')
    for i, (name, color) in enumerate(SPEEDS.values()):
        out.append(f'<circle cx="{WIDTH - 120}" cy="{HEIGHT - BOTTOM - 40 + 18 * i}" r="4" fill="{color}"/>')
        out.append(f'<text x="{WIDTH - 110}" y="{HEIGHT - BOTTOM - 36 + 18 * i}">{name}</text>')
    return "\n".join([*out, "</svg>", ""])


if __name__ == "__main__":
    main()
