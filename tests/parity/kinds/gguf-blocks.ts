import { decodeTensorBytes, encodeBlocks, isStoredDType } from "@llava/checkpoint"
import type { KindCheck } from "../kind-check.ts"

/** GGUF's block formats, decoded and (those that can be) encoded. */
export const checkGgufBlocks: KindCheck = async ({ fixture, report }) => {
  for (const name of fixture.tensors.keys()) {
    if (!name.endsWith(".bytes")) continue
    const format = name.slice(0, -".bytes".length)
    await report.section(`${format} values`, async () => {
      if (!isStoredDType(format)) throw new Error(`the format ${format} is unknown`)
      const values = decodeTensorBytes(format, await fixture.bytes(name))
      report.equal(`${format} values`, values, await fixture.floats(`${format}.values`))
    })
  }
  for (const name of fixture.namesOf("encoded.")) {
    const format = name.slice("encoded.".length)
    await report.section(`${format} encoded`, async () => {
      if (!isEncodable(format)) throw new Error(`the format ${format} cannot be written`)
      const bytes = encodeBlocks(format, await fixture.floats("source"))
      report.equal(`${format} encoded`, bytes, await fixture.bytes(name))
    })
  }
}

function isEncodable(format: string): format is Parameters<typeof encodeBlocks>[0] {
  return ["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1"].includes(format)
}
