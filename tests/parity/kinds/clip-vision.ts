import { ClipVisionTower } from "@llava/clip"
import { loadEncoder } from "@llava/model"
import { Tensor } from "@llava/tensor"
import { defaultParts } from "../default-parts.ts"
import { eachModel } from "../each-model.ts"
import type { KindCheck } from "../kind-check.ts"
import { readAll } from "../read-all.ts"
import { tolerances } from "../tolerances.ts"

/** CLIP's image tower: every hidden state, the last one, the pooled token. */
export const checkClipVision: KindCheck = async (context) => {
  const { fixture, report } = context
  await eachModel(context, async ({ path, label, device }) => {
    const { encoder } = await loadEncoder(path, { parts: defaultParts, device, dtype: "f32" })
    using tower = encoder
    if (!(tower instanceof ClipVisionTower)) throw new Error(`${path} holds no CLIP vision tower`)
    const values = await fixture.floats("pixel_values")
    const shape = fixture.shape("pixel_values")
    const run = await report.measure(device, () =>
      readAll(device, () => {
        const pixels = Tensor.from(device, values, shape)
        return [tower.pooled(pixels), ...tower.hiddenStates(pixels)]
      }),
    )
    const [pooled, ...states] = run.value
    const check = async (name: string, value: Float32Array | undefined) => {
      if (!fixture.has(name)) return
      if (!value) report.fail(`${name}${label}`, `the tower has ${states.length} hidden states`)
      else report.close(`${name}${label}`, { ...run, value }, await fixture.floats(name), tolerances.features, device)
    }
    for (const name of fixture.namesOf("hidden_states.")) {
      await check(name, states.at(Number(name.slice("hidden_states.".length))))
    }
    await check("last_hidden_state", states.at(-1))
    await check("pooler_output", pooled)
  })
}
