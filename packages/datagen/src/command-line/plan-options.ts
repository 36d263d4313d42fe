import type { Command } from "commander"
import { type Contexts, readContexts } from "../contexts/read-contexts.ts"
import type { Kind } from "../kinds/kind.ts"
import { defaultKinds, readKinds } from "../kinds/read-kinds.ts"
import { checkBoxes } from "../run/check-boxes.ts"
import { numberArgument } from "./number-argument.ts"

/** The options that say which samples are made; `generate` and `estimate` have them. */
export interface PlanOptions {
  contexts: string
  instances?: string
  limit?: number
  kinds: string
  samplesPerImage: number
  seed: number
  attempts: number
  boxes: boolean
}

export function addPlanOptions(command: Command): Command {
  return command
    .requiredOption("--contexts <path>", "captions: COCO's captions_*.json, our JSONL, or a folder with sidecar files")
    .option("--instances <file>", "COCO's instances_*.json, the boxes for captions_*.json")
    .option("--limit <images>", "take the first so many images only", numberArgument({ whole: true, minimum: 1 }))
    .option(
      "--kinds <list>",
      "kinds by name or folder, with shares if wanted: conversation=2,my/kind=1",
      defaultKinds.join(),
    )
    .option("--samples-per-image <n>", "samples of each image", numberArgument({ whole: true, minimum: 1 }), 1)
    .option("--seed <n>", "what is drawn depends on it", numberArgument({ whole: true, minimum: 0 }), 0)
    .option(
      "--attempts <n>",
      "how often a question is asked before it is given up",
      numberArgument({ whole: true, minimum: 1 }),
      3,
    )
    .option("--boxes", "give boxes to kinds that leave it open (conversation)", false)
}

/** Reads what the options name. Errors: those of `readContexts`, `readKinds` and `checkBoxes`. */
export async function readPlan(options: PlanOptions): Promise<{ contexts: Contexts; kinds: Kind[] }> {
  const { contexts: path, instances, limit, boxes } = options
  const kinds = await readKinds(
    options.kinds
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean),
  )
  const all = await readContexts({ path, ...(instances !== undefined && { instances }) })
  const contexts = limit === undefined ? all : { ...all, contexts: all.contexts.slice(0, limit) }
  checkBoxes(contexts.contexts, kinds, boxes)
  return { contexts, kinds }
}
