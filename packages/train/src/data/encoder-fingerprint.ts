import type { ImageAspectRatio } from "@llava/core"
import type { Llava } from "@llava/model"
import { PackedMatrix, type Parameter } from "@llava/tensor"
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex } from "@noble/hashes/utils.js"

/** Rows of a packed matrix that are read back at a time; a multiple of the 32 rows of a panel. */
const ROWS = 1024

/** Changes with whatever the features of a picture depend on: the encoder's weights, the picture's preparation, the layers. */
export async function encoderFingerprint(model: Llava, imageAspectRatio: ImageAspectRatio): Promise<string> {
  const { encoder, imageSpec = encoder?.image, selectLayers, selectFeature } = model.options
  const hash = sha256.create()
  const text = (value: unknown) => hash.update(new TextEncoder().encode(`${JSON.stringify(value)}\n`))
  text([encoder?.modelType, imageSpec, imageAspectRatio, selectLayers, selectFeature])
  for (const [path, parameter] of encoder?.namedParameters() ?? []) {
    text([path, parameter.shape])
    for await (const bytes of parameterValues(parameter)) hash.update(bytes)
  }
  return bytesToHex(hash.digest())
}

async function* parameterValues({ value }: Parameter): AsyncGenerator<Uint8Array> {
  const bytesOf = (values: ArrayBufferView) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  if (!(value instanceof PackedMatrix)) return yield bytesOf(await value.read())
  for (let row = 0; row < value.shape[0]; row += ROWS) {
    yield bytesOf(await value.readRows(row, Math.min(ROWS, value.shape[0] - row)))
  }
}
