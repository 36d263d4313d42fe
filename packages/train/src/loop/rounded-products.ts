import type { Parameter } from "@llava/tensor"

/** Until it is disposed, products read the trained weights rounded to f16. */
export function roundedProducts(trained: readonly (readonly [path: string, parameter: Parameter])[]): Disposable {
  const read = (dtype: Parameter["productDtype"]) => {
    for (const [, parameter] of trained) parameter.productDtype = dtype
  }
  read("f16")
  return { [Symbol.dispose]: () => read("f32") }
}
