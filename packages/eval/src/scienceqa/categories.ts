import type { Problem } from "./problem.ts"

/** The columns of ScienceQA's table: subject, context, grade, and all. */
export const categoryNames = ["NAT", "SOC", "LAN", "TXT", "IMG", "NO", "G1-6", "G7-12", "AVG"] as const

export type CategoryName = (typeof categoryNames)[number]

const subjects: Readonly<Record<string, CategoryName>> = {
  "natural science": "NAT",
  "social science": "SOC",
  "language science": "LAN",
}

/**
 * The categories that a problem counts in, by ScienceQA's `tools/evaluate_acc.py`: TXT where it has a hint, IMG where it
 * has an image, both where it has both, NO where it has neither.
 */
export function categoriesOf({ subject, hint, image, grade }: Problem): CategoryName[] {
  const found: CategoryName[] = ["AVG"]
  const bySubject = subjects[subject]
  if (bySubject !== undefined) found.push(bySubject)
  if (hint !== "") found.push("TXT")
  if (image !== "") found.push("IMG")
  if (hint === "" && image === "") found.push("NO")
  const year = Number(/^grade\s*(\d+)$/.exec(grade)?.[1])
  if (year >= 1 && year <= 6) found.push("G1-6")
  if (year >= 7 && year <= 12) found.push("G7-12")
  return found
}
