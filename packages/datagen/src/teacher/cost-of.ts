import type { TeacherPrice } from "./price-of.ts"
import type { TeacherUsage } from "./teacher.ts"

/** US dollars. */
export function costOf({ promptTokens, completionTokens }: TeacherUsage, price: TeacherPrice): number {
  return (promptTokens * price.input + completionTokens * price.output) / 1_000_000
}
