/**
 * Numbers spread evenly over [-bound, bound), the same on every machine: number i is a hash of i and the seed (PCG:
 * O'Neill 2014; Jarzynski and Olano 2020), which is quick enough for the millions that adapters need.
 */
export function uniformValues(count: number, bound: number, seed: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    const drawn = scatter(scatter(i) ^ seed) >>> 8 // 24 bits
    values[i] = (drawn / 2 ** 23 - 1) * bound
  }
  return values
}

function scatter(value: number): number {
  const state = (Math.imul(value, 747796405) + 2891336453) | 0
  const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737)
  return (word >>> 22) ^ word
}
