import { type CategoryName, categoryNames } from "./categories.ts"

export interface PublishedRow {
  name: string
  /** In percent, of all 4,241 problems of the test split. */
  accuracy: Record<CategoryName, number>
}

/** Rows of the tables of ScienceQA (Lu et al. 2022) and LLaVA (Liu et al. 2023), as printed there. */
export const publishedRows: readonly PublishedRow[] = [
  row("Human", 90.23, 84.97, 87.48, 89.6, 87.5, 88.1, 91.59, 82.42, 88.4),
  row("GPT-3.5", 74.64, 69.74, 76, 74.44, 67.28, 77.42, 76.8, 68.89, 73.97),
  row("GPT-3.5 with CoT", 75.44, 70.87, 78.09, 74.68, 67.43, 79.93, 78.23, 69.68, 75.17),
  row("MM-CoT (Large)", 95.91, 82, 90.82, 95.26, 88.8, 92.89, 92.44, 90.31, 91.68),
  row("GPT-4", 84.06, 73.45, 87.36, 81.87, 70.75, 90.73, 84.69, 79.1, 82.69),
  row("LLaVA", 90.36, 95.95, 88, 89.49, 88, 90.66, 90.93, 90.9, 90.92),
  row("LLaVA + GPT-4 (complement)", 90.36, 95.5, 88.55, 89.05, 87.8, 91.08, 92.22, 88.73, 90.97),
  row("LLaVA + GPT-4 (judge)", 91.56, 96.74, 91.09, 90.62, 88.99, 93.52, 92.73, 92.16, 92.53),
]

function row(name: string, ...figures: number[]): PublishedRow {
  const accuracy = categoryNames.map((category, index) => [category, figures[index]])
  return { name, accuracy: Object.fromEntries(accuracy) as PublishedRow["accuracy"] }
}
