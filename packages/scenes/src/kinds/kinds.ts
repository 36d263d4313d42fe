import { animals } from "./animals.ts"
import { foods } from "./foods.ts"
import type { Kind } from "./kind.ts"
import { things } from "./things.ts"
import { vehicles } from "./vehicles.ts"

/**
 * Every kind of object, by name. No kind is a case of another (a palm is a tree, a taxi is a car): "there is no tree"
 * must be true wherever no tree is shown.
 */
export const kinds: ReadonlyMap<string, Kind> = new Map(
  [...animals, ...foods, ...vehicles, ...things].map((kind) => [kind.name, kind]),
)
