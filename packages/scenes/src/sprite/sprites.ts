import { ScenesError } from "../scenes-error.ts"
import { halveSprite } from "./halve-sprite.ts"
import type { Sprite } from "./sprite.ts"
import { type SpriteTransform, transformSprite } from "./transform-sprite.ts"

/** The pictures of a world's kinds in every size and turn they were asked for; the latest ones are kept. */
export class Sprites {
  /** Each kind's picture and its halves, the largest first. */
  readonly #masters: ReadonlyMap<string, readonly Sprite[]>
  readonly #kept = new Map<string, Sprite>()
  readonly #maximumBytes: number
  #bytes = 0

  /** @param masters square sprites by kind; their edge is a multiple of 4 */
  constructor(masters: ReadonlyMap<string, Sprite>, maximumBytes = 2 ** 26) {
    this.#masters = new Map(
      [...masters].map(([kind, master]) => {
        const half = halveSprite(master)
        return [kind, [master, half, halveSprite(half)]]
      }),
    )
    this.#maximumBytes = maximumBytes
  }

  /** @throws ScenesError `sprite-missing` where the kind was not loaded */
  sprite(kind: string, transform: SpriteTransform): Sprite {
    const key = `${kind}/${transform.size}/${transform.flipped}/${transform.angle}`
    const kept = this.#kept.get(key)
    if (kept) return kept
    const masters = this.#masters.get(kind)
    if (!masters) {
      throw new ScenesError(`The picture of ${JSON.stringify(kind)} is not loaded.`, {
        code: "sprite-missing",
        fix: "Load the sprites of the world that the scene belongs to.",
      })
    }
    // Twice the size is fine enough for smooth edges, and quicker than the largest.
    const master = masters.findLast(({ width }) => width >= transform.size * 2) ?? masters[0]!
    const sprite = transformSprite(master, transform)
    this.#kept.set(key, sprite)
    this.#bytes += sprite.data.length
    for (const [oldest, { data }] of this.#kept) {
      if (this.#bytes <= this.#maximumBytes) break
      this.#kept.delete(oldest)
      this.#bytes -= data.length
    }
    return sprite
  }
}
