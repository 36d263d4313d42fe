import { DatasetError } from "@llava/core"

/** A question, answer or review file that cannot be scored as it is; `file` and `line` say where. */
export class EvaluationError extends DatasetError {}
