import { clipVision } from "@llava/clip"
import { llama } from "@llava/llama"
import { type Llava, loadLlava } from "@llava/model"
import { mlpProjector } from "@llava/projector"
import { fixturePath, testDevice } from "#testing"

/** The smallest LLaVA among the fixtures, with its tokenizer, in f32. */
export async function tinyLlava(): Promise<Llava> {
  return loadLlava(fixturePath("llava-original-mlp/model"), {
    parts: [clipVision, mlpProjector, llama],
    device: await testDevice(),
    dtype: "f32",
    template: "v1",
  })
}
