/**
 * Whether a pattern names a parameter or a module: it matches whole parts of the path, from its beginning or from a dot;
 * `*` stands for anything. `projector` matches `projector.linear_1.weight`, `q_proj` every `...q_proj...`.
 */
export function matchPattern(pattern: string, path: string): boolean {
  const escaped = pattern.split("*").map((text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
  return new RegExp(`(^|\\.)${escaped.join(".*")}($|\\.)`).test(path)
}
