/** Keywords that say nothing about what is valid. */
export const annotations: ReadonlySet<string> = new Set([
  ...["title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "format"],
  ...["$comment", "$schema", "$id", "$anchor", "$defs", "definitions"],
])
