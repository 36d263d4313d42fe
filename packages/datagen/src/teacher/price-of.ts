/** US dollars per million tokens. */
export interface TeacherPrice {
  input: number
  output: number
}

/**
 * List prices of OpenAI's text models, without discounts for cached prompts; as of 2025-08-07. Batches cost half.
 * Prices change: where yours differ, give them in the settings.
 */
export const teacherPrices: Readonly<Record<string, TeacherPrice>> = {
  "gpt-5": { input: 1.25, output: 10 },
  "gpt-5-mini": { input: 0.25, output: 2 },
  "gpt-5-nano": { input: 0.05, output: 0.4 },
  "gpt-4.1": { input: 2, output: 8 },
  "gpt-4.1-mini": { input: 0.4, output: 1.6 },
  "gpt-4.1-nano": { input: 0.1, output: 0.4 },
  "gpt-4o": { input: 2.5, output: 10 },
  "gpt-4o-mini": { input: 0.15, output: 0.6 },
  o3: { input: 2, output: 8 },
  "o4-mini": { input: 1.1, output: 4.4 },
  "gpt-4-turbo": { input: 10, output: 30 },
  "gpt-4": { input: 30, output: 60 },
  "gpt-3.5-turbo": { input: 0.5, output: 1.5 },
}

/** The price of a model of the table, or of a dated snapshot of one (`gpt-4o-mini-2024-07-18`, `gpt-4-0314`). */
export function priceOf(model: string): TeacherPrice | undefined {
  return teacherPrices[model.replace(/-(\d{4}-\d{2}-\d{2}|\d{4})$/, "")]
}
