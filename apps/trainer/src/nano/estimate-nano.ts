import { type Device, matmul, type Parameter, Tensor } from "@llava/tensor"
import { duration } from "../view/duration.ts"
import type { NanoPhase } from "./nano-phases.ts"

/** Tokens of an average row: four questions with their answers and the picture. */
const ROW = 65
/** Patches and class token. */
const PICTURE = 10
/** What a step does besides the products that are counted, as a share of them. */
const BESIDES = 0.8

/** A sentence on how long all phases will take: their products against what this adapter does of such products now. */
export async function estimateNano(device: Device, phases: readonly NanoPhase[]): Promise<string> {
  const rate = await productRate(device)
  const seconds = phases.map((phase) => ((phase.plan.steps * productsOf(phase)) / rate) * (1 + BESIDES))
  const each = phases.map(({ title }, index) => `${title} ${duration(seconds[index]!)}`).join(", ")
  const total = seconds.reduce((sum, value) => sum + value, 0)
  return `About ${duration(total)} in all at ${(rate / 1e9).toFixed(0)} GFLOP/s (${each}), then the evaluation.`
}

/** Multiplications and additions of a step: six for each weight of a matrix and token, two where it is not trained. */
function productsOf({ plan, recipe, objective }: NanoPhase): number {
  const rows = plan.batchSize
  let sum = 0
  for (const [path, parameter] of objective().namedParameters()) {
    if (parameter.shape.length < 2 || /embed|positions/.test(path)) continue
    const isPicture = path.startsWith("encoder.") || path.startsWith("vision_model.")
    const isTrained = recipe.train.some(
      (entry) => entry === "*" || (typeof entry === "string" && path.startsWith(entry)),
    )
    const tokens = rows * (isPicture || /^(projector|visual)/.test(path) ? PICTURE : ROW)
    sum += sizeOf(parameter) * tokens * (isTrained ? 6 : path.startsWith("language_model") ? 4 : 2)
    // Five rounds of three products make a step of Muon.
    if (isTrained && recipe.optimizer.kind === "muon") sum += 30 * sizeOf(parameter) * Math.min(...parameter.shape)
  }
  return sum
}

const sizeOf = ({ shape }: Parameter): number => shape.reduce((product, edge) => product * edge, 1)

async function productRate(device: Device): Promise<number> {
  const [rows, inner, columns] = [1024, 128, 320]
  using scope = device.scope()
  void scope
  using a = Tensor.zeros(device, [rows, inner])
  using b = Tensor.zeros(device, [inner, columns])
  const round = async (count: number) => {
    const started = performance.now()
    for (let i = 0; i < count; i++) matmul(a, b).dispose()
    await device.synchronize()
    return (performance.now() - started) / 1000
  }
  await round(2)
  return (16 * 2 * rows * inner * columns) / (await round(16))
}
