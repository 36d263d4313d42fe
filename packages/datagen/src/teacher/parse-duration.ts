const units: Record<string, number> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 }

/**
 * Milliseconds of a rate header: `6m0s`, `20ms`, `1.5s` (OpenAI), seconds as a bare number, or a date (`retry-after`).
 * Undefined where it is none of these.
 */
export function parseDuration(text: string | null, now: number): number | undefined {
  const trimmed = text?.trim()
  if (!trimmed) return undefined
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000
  if (/^(\d+(\.\d+)?(ms|[dhms]))+$/.test(trimmed)) {
    const parts = [...trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/g)]
    return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * units[unit!]!, 0)
  }
  const date = Date.parse(trimmed)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
