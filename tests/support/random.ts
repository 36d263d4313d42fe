/** Seeded normal-ish values (sum of three uniforms), for inputs of tests. */
export function randomValues(count: number, seed = 1): Float32Array {
  let state = seed >>> 0 || 1
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32 - 0.5
  }
  return Float32Array.from({ length: count }, () => 2 * (uniform() + uniform() + uniform()))
}
