import { CheckpointError } from "./checkpoint-error.ts"

/**
 * What a failed download leaves in place of weights, told by a file's first bytes (as latin-1): nothing, a web page, a
 * Git LFS pointer. Undefined for anything else.
 */
export function notWeights(file: string, start: string): CheckpointError | undefined {
  if (start === "") return new CheckpointError(`${file} is empty.`, { code: "file-truncated", fix: "Get it again." })
  if (start.startsWith("version https://git-lfs")) {
    return new CheckpointError(`${file} is a Git LFS pointer, not the file itself.`, {
      code: "format-unknown",
      fix: "Run `git lfs pull` in its folder, or download the file.",
    })
  }
  if (!/^\s*<(!doctype|html)/i.test(start)) return undefined
  return new CheckpointError(`${file} is a web page, not weights.`, {
    code: "format-unknown",
    fix: "Download the file itself.",
  })
}
