import type { OpenProgress } from "@llava/hub"
import type { GenerationResult } from "@llava/model"

/** What the page asks of the worker. */
export type Request =
  | { type: "open"; folder: string; template?: string }
  | { type: "ask"; question: string; image?: Blob; maxNewTokens: number }
  | { type: "stop" }

/** What the worker answers. */
export type Reply =
  | { type: "progress"; progress: OpenProgress }
  | { type: "ready"; adapter: string }
  | { type: "piece"; text: string }
  | { type: "answer"; result: GenerationResult }
  | { type: "stopped" }
  | { type: "failed"; message: string }
