/** Markup that is already safe. */
export interface Html {
  readonly markup: string
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }

/** A piece of a page: values are escaped unless they are pieces themselves; lists of pieces are joined. */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  const show = (value: (typeof values)[number] | undefined): string => {
    if (value === undefined) return ""
    if (typeof value === "string") return value.replace(/[&<>"]/g, (character) => entities[character]!)
    if (typeof value === "number") return String(value)
    return "markup" in value ? value.markup : value.map(({ markup }) => markup).join("\n")
  }
  return { markup: strings.map((part, index) => part + show(values[index])).join("") }
}
