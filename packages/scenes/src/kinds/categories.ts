import type { Category } from "./kind.ts"

/** How categories are spoken of. `thing` is what has no category worth asking for. */
export const categoryNouns: ReadonlyMap<Category, { singular: string; plural: string }> = new Map([
  ["animal", { singular: "animal", plural: "animals" }],
  ["fruit", { singular: "fruit", plural: "fruits" }],
  ["vegetable", { singular: "vegetable", plural: "vegetables" }],
  ["vehicle", { singular: "vehicle", plural: "vehicles" }],
  ["plant", { singular: "plant", plural: "plants" }],
  ["instrument", { singular: "musical instrument", plural: "musical instruments" }],
  ["building", { singular: "building", plural: "buildings" }],
  ["tool", { singular: "tool", plural: "tools" }],
])
