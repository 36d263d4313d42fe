/** One seed of 32 bits from numbers and names: a change in any of them changes about half of its bits. */
export function mixSeed(...parts: readonly (number | string)[]): number {
  let state = 0x811c9dc5
  const take = (word: number) => {
    // The rounds of MurmurHash3 (Appleby 2011).
    const mixed = Math.imul(word, 0xcc9e2d51)
    state ^= Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
    state = (Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64) | 0
  }
  for (const part of parts) {
    if (typeof part === "number") {
      take(part | 0)
      take(Math.floor(part / 2 ** 32) | 0)
    } else {
      for (let i = 0; i < part.length; i++) take(part.charCodeAt(i))
      take(part.length)
    }
  }
  state ^= state >>> 16
  state = Math.imul(state, 0x85ebca6b)
  state ^= state >>> 13
  state = Math.imul(state, 0xc2b2ae35)
  return (state ^ (state >>> 16)) >>> 0
}
