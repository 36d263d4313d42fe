import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"

const headerSchema = z.record(
  z.string(),
  z.looseObject({ dtype: z.string(), data_offsets: z.tuple([z.number(), z.number()]) }),
)

/** Changes one number of a tensor in golden.safetensors: floats by 1 % of the largest, others by one. */
export async function changeNumber(folder: string, tensor: string): Promise<void> {
  const path = join(folder, "golden.safetensors")
  const file = await readFile(path)
  const start = 8 + Number(file.readBigUInt64LE(0))
  const { __metadata__: _, ...header } = JSON.parse(file.toString("utf8", 8, start))
  const entry = headerSchema.parse(header)[tensor]
  if (!entry) throw new Error(`there is no '${tensor}'`)
  const bytes = file.subarray(start + entry.data_offsets[0], start + entry.data_offsets[1])
  if (entry.dtype === "F32") {
    const values = Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i))
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const at = 4 * Math.floor(values.length / 2)
    bytes.writeFloatLE(bytes.readFloatLE(at) + 0.01 * largest, at)
  } else if (entry.dtype === "I32") bytes.writeInt32LE(bytes.readInt32LE(bytes.length - 4) + 1, bytes.length - 4)
  else bytes[0] = bytes[0]! ^ 0x10
  await writeFile(path, file)
}
