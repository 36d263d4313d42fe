/** The mean of unit vectors, of length one again: CLIP's ensemble of prompts. */
export function averageUnitVectors(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]!.length)
  for (const vector of vectors) for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]!
  const norm = Math.hypot(...sum)
  return sum.map((value) => value / norm)
}
