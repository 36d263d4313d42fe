export interface LoraPair {
  /** `[rank, columns]` */
  a: Float32Array
  /** `[rows, rank]` */
  b: Float32Array
  rank: number
  scale: number
}

/** weight + scale * b a, in float64 (Hu et al. 2021). `weight` is `[rows, columns]`. */
export function mergeLora(weight: Float32Array, { a, b, rank, scale }: LoraPair): Float32Array {
  const columns = a.length / rank
  return weight.map((value, i) => {
    const row = Math.floor(i / columns)
    const column = i % columns
    let sum = 0
    for (let r = 0; r < rank; r++) sum += b[row * rank + r]! * a[r * columns + column]!
    return value + scale * sum
  })
}
