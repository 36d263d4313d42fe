/** Cells of a picture along one edge. */
const EDGE = 3

/**
 * What tells the nine cells of a picture apart, `[9, size]`: sines and cosines of the row in the first half, of the column
 * in the second, as in "Attention is all you need" with a base of 100.
 */
export function placeTerm(size: number): Float32Array<ArrayBuffer> {
  const half = size / 2
  return Float32Array.from({ length: EDGE * EDGE * size }, (_, index) => {
    const cell = Math.floor(index / size)
    const at = index % size
    const along = at < half ? Math.floor(cell / EDGE) : cell % EDGE
    const wave = (at % half) % (half / 2)
    const angle = along / 100 ** (wave / (half / 2))
    return at % half < half / 2 ? Math.sin(angle) : Math.cos(angle)
  })
}
