import type { Part } from "../contract/part.ts"
import { ModelError } from "../model-error.ts"

type PartOf<Kind extends Part["kind"]> = Extract<Part, { kind: Kind }>

/** The part for a model type; of several that match, the last in the list. Errors: "unknown-model-type". */
export function selectPart<Kind extends Part["kind"]>(
  parts: readonly Part[],
  kind: Kind,
  modelType: string,
  file: string,
): PartOf<Kind> {
  const candidates = parts.filter((part): part is PartOf<Kind> => part.kind === kind)
  const found = candidates.findLast(({ modelType: known }) =>
    typeof known === "string" ? known === modelType : known.test(modelType),
  )
  if (found) return found
  const known = candidates.map(({ modelType: known }) => (typeof known === "string" ? known : readable(known)))
  throw new ModelError(`${file}: there is no ${kind.replace("-", " ")} for '${modelType}'.`, {
    code: "unknown-model-type",
    fix: `Known are: ${known.join(", ") || "none"}. Add a part for it to the list (on the command line: --part MODULE).`,
  })
}

/** `^(linear|identity)$` as a reader would list it. */
function readable(pattern: RegExp): string {
  return pattern.source.replace(/^\^\(([^()]*)\)\$$/, (_, names: string) => names.replaceAll("|", ", "))
}
