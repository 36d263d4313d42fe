import { openDevice } from "@llava/tensor"
import { stage2, train } from "@llava/train"
import { drawnDataset } from "./drawn-dataset.ts"
import { smallLlava } from "./small-llava.ts"

// A run in a process of its own, which a test kills: node run-to-kill.ts OUTPUT STEPS CHECKPOINT_EVERY
const [output = "", steps, checkpointEvery] = process.argv.slice(2)
await using device = await openDevice()
await using model = await smallLlava(device)
const recipe = stage2({
  template: "plain",
  train: ["projector", "language_model"],
  ...{ batchSize: 2, learningRate: 1e-3, grouping: "none" },
  steps: Number(steps),
  checkpointEvery: Number(checkpointEvery),
})
const dataset = drawnDataset(23, { textEvery: Number.POSITIVE_INFINITY })
for await (const { step } of train({ model, dataset, recipe, output })) process.stdout.write(`${step}\n`)
