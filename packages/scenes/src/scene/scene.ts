import type { World } from "../world/world.ts"
import type { Split } from "./split.ts"
import type { Zone } from "./zone.ts"

/** One object of a scene. Its emoji fills the square of edge `size` pixels whose left upper corner is at left, top. */
export interface SceneObject {
  readonly kind: string
  readonly left: number
  readonly top: number
  readonly size: number
  /** The square's middle. */
  readonly x: number
  readonly y: number
  readonly flipped: boolean
  /** Degrees clockwise. */
  readonly angle: number
  /** The third of the picture that the middle is in. */
  readonly zone: Zone
}

/** What a picture shows, without pixels. */
export interface Scene {
  readonly world: World
  readonly seed: number
  readonly split: Split
  readonly setting: string
  /** Factor on all colours. */
  readonly brightness: number
  /** In reading order: by zone from the top left, then downwards; later ones are drawn over earlier ones. */
  readonly objects: readonly SceneObject[]
}
