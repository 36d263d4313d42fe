import { type Device, type Module, Tensor } from "@llava/tensor"
import { RandomMatrix, type WeightFormat } from "../../data/random-matrix.ts"
import { randomParameter } from "../../data/random-parameter.ts"
import { packedMatrix } from "./packed-matrix.ts"

/** Random weights for every parameter, by its path: packable matrices in the format, the others dense. */
export async function fillRandomly(device: Device, module: Module, format: WeightFormat): Promise<void> {
  for (const [path, parameter] of module.namedParameters()) {
    const [rows, columns] = parameter.shape
    if (parameter.packable && parameter.shape.length === 2) {
      parameter.set(packedMatrix(device, new RandomMatrix(path, format, rows!, columns!)))
    } else {
      const count = parameter.shape.reduce((product, size) => product * size, 1)
      parameter.set(Tensor.from(device, randomParameter(path, count), parameter.shape))
    }
    await device.synchronize()
  }
}
