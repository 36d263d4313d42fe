const steps: Readonly<Record<string, readonly [columns: number, rows: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The cell to which an arrow key leads; undefined at the edge, and for other keys. */
export function neighbourCell(cell: number, key: string): number | undefined {
  const step = steps[key]
  if (!step) return undefined
  const [column, row] = [(cell % 3) + step[0], Math.floor(cell / 3) + step[1]]
  return column >= 0 && column < 3 && row >= 0 && row < 3 ? row * 3 + column : undefined
}
