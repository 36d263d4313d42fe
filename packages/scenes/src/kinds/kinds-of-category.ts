import type { Category } from "./kind.ts"
import { kinds } from "./kinds.ts"

/** Names of all kinds of a category. */
export function kindsOfCategory(category: Category): string[] {
  return [...kinds.values()].filter((kind) => kind.category === category).map(({ name }) => name)
}
