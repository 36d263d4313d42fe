import type { AblationInput } from "./ablation-schema.ts"

export interface DataMixOptions {
  /** The aligned model that every mix begins with, and the last row's own. */
  model: string
  conversation: string
  detail: string
  complex: string
  images: string | undefined
  recipe: string
  set: Record<string, string>
  seed: number
  /** LLaVA-Bench: what the rows are measured by. */
  bench: Record<string, unknown>
}

/**
 * The table of data mixes of LLaVA's paper (Liu et al. 2023, table 4): all three kinds of instruction data; detail and
 * complex reasoning; conversation with 5 % of the detail and 10 % of the complex data; conversation alone; no tuning.
 */
export function dataMixes(options: DataMixOptions): AblationInput {
  const { conversation, detail, complex, images, recipe, set } = options
  const mix = (...data: { file: string; share?: number }[]) => ({ stages: { tune: { data } } })
  return {
    name: "data",
    seed: options.seed,
    base: {
      model: { name: options.model },
      stages: { tune: { recipe, ...(images !== undefined && { images }), set } },
      tasks: { "llava-bench": { task: "llava-bench", ...options.bench } },
    },
    rows: [
      { name: "all", change: mix({ file: conversation }, { file: detail }, { file: complex }) },
      { name: "detail + complex", change: mix({ file: detail }, { file: complex }) },
      {
        name: "conversation + 5 % detail + 10 % complex",
        change: mix({ file: conversation }, { file: detail, share: 0.05 }, { file: complex, share: 0.1 }),
      },
      { name: "conversation", change: mix({ file: conversation }) },
      { name: "no instruction tuning", change: { stages: { tune: null } } },
    ],
  }
}
