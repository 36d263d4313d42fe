import { CheckpointError } from "../checkpoint-error.ts"

/** Refuses a range that is not within the tensor: a caller's mistake, never the file's. */
export function checkTensorRange(
  tensor: { name: string; byteLength: number },
  file: string,
  begin: number,
  end: number,
): void {
  if (
    Number.isSafeInteger(begin) &&
    Number.isSafeInteger(end) &&
    0 <= begin &&
    begin <= end &&
    end <= tensor.byteLength
  )
    return
  throw new CheckpointError(
    `${file}: bytes [${begin}, ${end}) are not within tensor ${tensor.name} of ${tensor.byteLength} bytes.`,
    { code: "range-invalid" },
  )
}
