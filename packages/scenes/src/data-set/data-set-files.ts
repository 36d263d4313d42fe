import { join } from "node:path"
import type { Split } from "../scene/split.ts"
import type { DataSetFiles } from "./data-set-options.ts"

/** Where the files of a split are. */
export function dataSetFiles(out: string, split: Split): DataSetFiles {
  return {
    images: join(out, "images"),
    captions: join(out, `captions_${split}.json`),
    instances: join(out, `instances_${split}.json`),
    stageOne: join(out, `llava_stage1_${split}.json`),
    stageTwo: join(out, `llava_stage2_${split}.json`),
    questions: join(out, `questions_${split}.jsonl`),
    zeroShot: join(out, `zero_shot_${split}.json`),
    manifest: join(out, `manifest_${split}.json`),
  }
}
