const levels = "▁▂▃▄▅▆▇█"

/** The course of values as a row of at most `width` bars, the greatest value highest. */
export function sparkline(values: readonly number[], width: number): string {
  const shown = thin(values, width)
  const low = Math.min(...shown)
  const span = Math.max(...shown) - low
  return shown.map((value) => levels[span > 0 ? Math.round(((value - low) / span) * (levels.length - 1)) : 0]).join("")
}

/** Means of neighbours, so that the whole course is seen. */
function thin(values: readonly number[], count: number): readonly number[] {
  if (values.length <= count) return values
  return Array.from({ length: count }, (_, index) => {
    const part = values.slice(
      Math.floor((index * values.length) / count),
      Math.floor(((index + 1) * values.length) / count),
    )
    return part.reduce((sum, value) => sum + value, 0) / part.length
  })
}
