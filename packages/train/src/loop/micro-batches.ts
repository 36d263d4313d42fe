/** The samples of a step in parts of at most `size`. */
export function microBatches<Sample>(samples: readonly Sample[], size: number): (readonly Sample[])[] {
  const parts: (readonly Sample[])[] = []
  for (let begin = 0; begin < samples.length; begin += size) parts.push(samples.slice(begin, begin + size))
  return parts
}
