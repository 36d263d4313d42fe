import type { TensorToWrite } from "@llava/checkpoint"
import type { Parameter } from "@llava/tensor"

/** The weights of a trained parameter, which are f32, under a name. */
export function wholeTensor(name: string, parameter: Parameter): TensorToWrite {
  const bytes = async () => {
    const values = await parameter.tensor.read()
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  }
  return { name, dtype: "F32", shape: parameter.shape, bytes }
}
