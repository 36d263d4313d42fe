/** Bytes done of bytes to do, or things. */
export interface Progress {
  /** What is going on: "downloading model.safetensors". */
  label: string
  done: number
  total: number
  /** What is counted, "answers"; bytes unless given. */
  unit?: string
}

/** "loading  [#####.....]  50%  46 of 92 MB"; narrow terminals get no bar, and none with `columns` 0. */
export function progressLine({ label, done, total, unit }: Progress, columns = 0): string {
  const fraction = total > 0 ? Math.min(1, done / total) : 1
  const percent = `${Math.floor(fraction * 100)}%`
  const show = unit === undefined ? megabytes : String
  const amount = `${percent.padStart(4)}  ${show(done)} of ${show(total)} ${unit ?? "MB"}`
  const width = Math.min(30, columns - label.length - amount.length - 6)
  if (width >= 5) {
    const filled = Math.round(fraction * width)
    return `${label}  [${"#".repeat(filled)}${".".repeat(width - filled)}] ${amount}`
  }
  const plain = `${label}: ${percent} of ${show(total)} ${unit ?? "MB"}`
  return columns > 0 ? plain.slice(0, columns - 1) : plain
}

function megabytes(bytes: number): string {
  const value = bytes / 1e6
  return value < 10 ? value.toFixed(1) : value.toFixed(0)
}
