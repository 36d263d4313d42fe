/** Up to `count` of the items, each with the same chance (reservoir sampling: algorithm R), in any order. */
export function sampleItems<Item>(items: Iterable<Item>, count: number, random: () => number): Item[] {
  const sample: Item[] = []
  let seen = 0
  for (const item of items) {
    seen++
    if (sample.length < count) sample.push(item)
    else {
      const place = Math.floor(random() * seen)
      if (place < count) sample[place] = item
    }
  }
  return sample
}
