/** For options that may repeat: their values in order. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}
