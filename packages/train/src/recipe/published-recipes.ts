import { loraV15 } from "./published/lora-v1-5.ts"
import { scienceQa } from "./published/science-qa.ts"
import { scienceQaV0 } from "./published/science-qa-v0.ts"
import { stage1V0 } from "./published/stage1-v0.ts"
import { stage1V1 } from "./published/stage1-v1.ts"
import { stage2V0 } from "./published/stage2-v0.ts"
import { stage2V1 } from "./published/stage2-v1.ts"
import type { Recipe, RecipeInput } from "./recipe-schema.ts"
import { stage1 } from "./stage1.ts"
import { stage2 } from "./stage2.ts"

/** The recipes of the published LLaVAs by name; `stage1` and `stage2` are those of LLaVA 1.5. */
export const publishedRecipes: Readonly<Record<string, (changes?: Partial<RecipeInput>) => Recipe>> = {
  stage1,
  stage2,
  "stage1-v0": stage1V0,
  "stage2-v0": stage2V0,
  "stage1-v1": stage1V1,
  "stage2-v1": stage2V1,
  "stage1-v1.5": stage1,
  "stage2-v1.5": stage2,
  "stage2-v1.5-lora": loraV15,
  scienceqa: scienceQa,
  "scienceqa-v0": scienceQaV0,
}
