import type { Category, Kind } from "./kind.ts"

/** A kind, with a regular plural where none is given. */
export function defineKind(
  category: Category,
  name: string,
  icon: string,
  colours: Kind["colours"],
  { plural = `${name}s`, ...names }: Partial<Pick<Kind, "plural" | "also" | "alike">> = {},
): Kind {
  return { name, plural, icon, category, colours, ...names }
}
