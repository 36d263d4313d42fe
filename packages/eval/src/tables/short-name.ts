/** The last part of a path, without `.gz`, `.json` and `.jsonl`. */
export function shortName(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? path).replace(/\.gz$/, "").replace(/\.jsonl?$/, "")
}
