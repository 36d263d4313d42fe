/** What a benchmark asks for besides its questions. */
export interface TaskDefaults {
  /** Appended to each question on a line of its own, unless it ends so already. */
  instruction?: string
  /** In place of a question, where the file has images alone. */
  question?: string
  maxNewTokens: number
  /** What stands before question and answer in few-shot prompts of running text. */
  labels: { question?: string; answer: string }
  /** Whether two questions may have one id. */
  numberRepeated?: boolean
}

const short = "Answer the question using a single word or phrase."
const vqaLabels = { question: "Q:", answer: "A:" }

/** The benchmarks that can be run, asked as in the published evaluation of LLaVA-1.5. */
export const tasks = {
  "llava-bench": { maxNewTokens: 1024, labels: vqaLabels },
  pope: { instruction: short, maxNewTokens: 128, labels: vqaLabels },
  captions: {
    question: "Provide a one-sentence caption for the provided image.",
    maxNewTokens: 128,
    labels: { answer: "Caption:" },
  },
  vqa: { instruction: short, maxNewTokens: 128, labels: vqaLabels },
  textvqa: { instruction: short, maxNewTokens: 128, labels: vqaLabels },
  gqa: { instruction: short, maxNewTokens: 128, labels: vqaLabels },
  mme: { instruction: short, maxNewTokens: 128, labels: vqaLabels, numberRepeated: true },
  "mm-vet": { maxNewTokens: 1024, labels: vqaLabels },
  scienceqa: { maxNewTokens: 1024, labels: vqaLabels },
} as const satisfies Record<string, TaskDefaults>

export type TaskName = keyof typeof tasks
