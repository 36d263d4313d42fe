import type { Direction } from "../facts/direction.ts"
import type { ColourName } from "../kinds/kind.ts"
import type { Zone } from "../scene/zone.ts"

/** What a question asks for, without words: with the scene it decides which answers are right. */
export type About =
  /** All objects. */
  | { readonly type: "objects" }
  /** The places of all objects of a kind. */
  | { readonly type: "places"; readonly kind: string }
  /** The objects in a zone. */
  | { readonly type: "zone"; readonly zone: Zone }
  /** Whether there is an object of one of these kinds, in the zone if one is given. */
  | { readonly type: "presence"; readonly kinds: readonly string[]; readonly zone?: Zone }
  /** The objects of these kinds. */
  | { readonly type: "which"; readonly kinds: readonly string[] }
  /** How many objects there are, of these kinds where they are given. `noun`: what the answer may count them as. */
  | { readonly type: "count"; readonly kinds?: readonly string[]; readonly nouns: readonly string[] }
  /** The objects in a direction from the only object of a kind. */
  | { readonly type: "beside"; readonly direction: Direction; readonly kind: string }
  /** Whether the only object of a kind is in a direction from the only one of another kind. */
  | { readonly type: "is-beside"; readonly kind: string; readonly direction: Direction; readonly other: string }
  /** On which of two sides of the only object of a kind the only one of another kind is. */
  | {
      readonly type: "side"
      readonly kind: string
      readonly directions: readonly [Direction, Direction]
      readonly other: string
    }
  /** All objects but the only one of a kind. */
  | { readonly type: "others"; readonly kind: string }
  | { readonly type: "setting" }
  /** Whether this is the setting. */
  | { readonly type: "is-setting"; readonly setting: string }
  /** The kind of the biggest, or the smallest, among the objects of these kinds. */
  | { readonly type: "extreme-size"; readonly kinds: readonly string[]; readonly extreme: "biggest" | "smallest" }
  /** Whether the only object of a kind is bigger, or smaller, than the only one of another kind. */
  | {
      readonly type: "is-size"
      readonly kind: string
      readonly comparison: "bigger" | "smaller"
      readonly other: string
    }
  | { readonly type: "colours"; readonly kind: string }
  | { readonly type: "is-colour"; readonly kind: string; readonly colour: ColourName }
  /** A statement on a kind in general, such as that a cat is an animal. */
  | { readonly type: "general"; readonly isTrue: boolean }
  /** Talk that is not about the scene's contents; the right answer has to match, and say nothing wrong of the scene. */
  | { readonly type: "talk"; readonly topic: TalkTopic }

export type TalkTopic = "greeting" | "farewell" | "thanks" | "identity" | "ability" | "outside" | "no-picture"
