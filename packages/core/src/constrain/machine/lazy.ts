import type { Expression } from "./expression.ts"

/** What `make` gives, made when it is first needed. */
export function lazy(make: () => Expression): Expression {
  let made: Expression | undefined
  return {
    kind: "lazy",
    resolve: () => {
      made ??= make()
      return made
    },
  }
}
