import { CheckpointError } from "../checkpoint-error.ts"

/** Refuses a range `[begin, end)` that a source of `size` bytes cannot give. */
export function checkRange(name: string, size: number, begin: number, end: number): void {
  if (!Number.isSafeInteger(begin) || !Number.isSafeInteger(end) || begin < 0 || end < begin)
    throw new CheckpointError(`${name}: [${begin}, ${end}) is not a range of bytes.`, { code: "range-invalid" })
  if (end > size) {
    throw new CheckpointError(`${name} ends at byte ${size}, but bytes up to ${end} are needed.`, {
      code: "file-truncated",
      fix: "Download or copy the file again.",
    })
  }
}
