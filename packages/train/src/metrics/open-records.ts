import { EventLog } from "../tensorboard/event-log.ts"
import type { AnswersLine } from "./answers-line.ts"
import type { MetricsLine } from "./metrics-line.ts"
import { StepLines } from "./step-lines.ts"
import type { ValidationLine } from "./validation-line.ts"

/** What a run writes down as it goes. */
export interface RunRecords {
  readonly metrics: StepLines<MetricsLine>
  readonly validation: StepLines<ValidationLine>
  readonly answers: StepLines<AnswersLine>
  /** Numbers of `metrics` and `validation` for TensorBoard. */
  readonly events?: EventLog | undefined
}

export interface RecordsOptions {
  tensorboard?: boolean | undefined
}

/** The records of a run that goes on after a step; without an output folder they are kept in memory alone. */
export async function openRecords(
  output: string | undefined,
  step: number,
  { tensorboard = false }: RecordsOptions = {},
): Promise<RunRecords> {
  const file = (name: string) => (output === undefined ? undefined : `${output}/${name}.jsonl`)
  return {
    metrics: await StepLines.open<MetricsLine>(file("metrics"), step),
    validation: await StepLines.open<ValidationLine>(file("validation"), step),
    answers: await StepLines.open<AnswersLine>(file("answers"), step),
    events: tensorboard && output !== undefined ? await EventLog.open(`${output}/tensorboard`, step) : undefined,
  }
}
