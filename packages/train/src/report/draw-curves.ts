import type { Curve, CurvePoint } from "./curve.ts"
import { escapeHtml } from "./escape-html.ts"
import { thinCurve } from "./thin-curve.ts"
import { ticks } from "./ticks.ts"

const WIDTH = 560
const HEIGHT = 240
const LEFT = 58
const RIGHT = 12
const TOP = 30
const BOTTOM = 26
/** Points that a line of this width can show. */
const POINTS = 500

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 })

/** Lines over steps as an SVG picture. Its colours are the page's: `.line-0`, `.line-1`, ... */
export function drawCurves(title: string, curves: readonly Curve[]): string {
  const drawn = curves.map(({ name, points }) => ({ name, points: thinCurve(points, POINTS) }))
  const all = drawn.flatMap(({ points }) => points)
  if (all.length === 0) return ""
  const across = range(all.map(({ x }) => x))
  const up = range(all.map(({ y }) => y))
  const x = (value: number) => LEFT + ((value - across.low) / across.span) * (WIDTH - LEFT - RIGHT)
  const y = (value: number) => HEIGHT - BOTTOM - ((value - up.low) / up.span) * (HEIGHT - TOP - BOTTOM)
  const place = (point: CurvePoint) => `${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}`
  const rows = ticks(up.low, up.low + up.span, 4).map(
    (value) =>
      `<path class="grid" d="M${LEFT} ${y(value).toFixed(1)}H${WIDTH - RIGHT}"/>` +
      `<text x="${LEFT - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${label(value)}</text>`,
  )
  const columns = ticks(across.low, across.low + across.span, 6)
    .filter(Number.isInteger)
    .map((value) => `<text x="${x(value).toFixed(1)}" y="${HEIGHT - 8}" text-anchor="middle">${label(value)}</text>`)
  const lines = drawn.flatMap(({ points }, index) => [
    `<polyline class="line-${index}" points="${points.map(place).join(" ")}"/>`,
    // A single point is no line.
    ...(points.length === 1
      ? [`<circle class="dot-${index}" r="3" transform="translate(${place(points[0]!)})"/>`]
      : []),
  ])
  const legend = drawn.length > 1 ? drawn.map(({ name }, index) => legendEntry(name, index)).join("") : ""
  return (
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}">` +
    `<text class="title" x="${LEFT}" y="18">${escapeHtml(title)}</text>` +
    `${rows.join("")}${columns.join("")}${lines.join("")}${legend}</svg>`
  )
}

function legendEntry(name: string, index: number): string {
  const left = WIDTH - RIGHT - 110 * (index + 1)
  return `<path class="line-${index}" d="M${left} 14h16"/>` + `<text x="${left + 22}" y="18">${escapeHtml(name)}</text>`
}

function range(values: readonly number[]): { low: number; span: number } {
  const low = values.reduce((least, value) => Math.min(least, value))
  const high = values.reduce((most, value) => Math.max(most, value))
  return { low, span: high - low || Math.abs(low) || 1 }
}

function label(value: number): string {
  const rounded = Number(value.toPrecision(6))
  return rounded !== 0 && Math.abs(rounded) < 1e-3 ? rounded.toExponential(1) : compact.format(rounded)
}
