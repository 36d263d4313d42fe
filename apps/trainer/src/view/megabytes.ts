/** "4.2" or "512", for MB. */
export function megabytes(bytes: number): string {
  const value = bytes / 1e6
  return value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0)
}
