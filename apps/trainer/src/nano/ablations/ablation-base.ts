import { findWorld, type World } from "@llava/scenes"
import { type NanoSize, nanoSize } from "../nano-configs.ts"
import { type NanoPlan, nanoPlan } from "../nano-plan.ts"

/** What all variants have in common: how large they are, what they see and for how long. */
export interface AblationBase {
  readonly plan: NanoPlan
  readonly world: World
  readonly size: NanoSize
}

/** Fewer things and settings than the small world, and at most two things at a time. */
const world: World = {
  ...findWorld("small"),
  name: "ablation",
  kinds: ["cat", "dog", "fish", "bee", "apple", "banana", "car", "train", "guitar", "tree"],
  settings: ["grass", "sea", "night", "plain pink"],
  objects: { minimum: 1, maximum: 2 },
}

const cpu: AblationBase = {
  plan: {
    world: world.name,
    seed: 1,
    pictureText: { batchSize: 32, steps: 300, learningRate: 2e-3, matrixRate: 2 },
    language: { batchSize: 16, steps: 450, learningRate: 3e-3, matrixRate: 4 },
    stage1: { batchSize: 16, steps: 40, learningRate: 5e-3 },
    stage2: { batchSize: 16, steps: 200, learningRate: 1e-3, matrixRate: 4 },
    questions: 400,
  },
  world,
  size: { width: 64, heads: 2, imageLayers: 2, languageLayers: 2, inner: 160 },
}

/** What the variants of a budget have in common. Errors: AppError "budget-unknown". */
export function ablationBase(budget: string): AblationBase {
  const plan = nanoPlan(budget)
  if (budget === "cpu") return cpu
  // A GPU makes every variant as the nano that comes along is made.
  if (budget === "gpu") return { plan: nanoPlan("cpu"), world: findWorld("small"), size: nanoSize }
  return { ...cpu, plan: { ...plan, world: world.name } }
}
