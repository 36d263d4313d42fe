/** Reference-counted: an operation consumes its arguments, `ref` keeps one for later. */
export interface JaxArray {
  readonly ref: JaxArray
  data(): Promise<Float32Array>
  dispose(): void
  add(other: JaxArray | number): JaxArray
  sub(other: JaxArray | number): JaxArray
  mul(other: JaxArray | number): JaxArray
  div(other: JaxArray | number): JaxArray
  reshape(shape: readonly number[]): JaxArray
  slice(...index: (readonly [] | readonly [number, number] | number | null)[]): JaxArray
}

/** Arrays by name. */
export type JaxArrays = Readonly<Record<string, JaxArray>>

/** The part of jax-js's interface that is used here. */
export interface JaxJs {
  init(device: string): Promise<readonly string[]>
  defaultDevice(device: string): unknown
  jit<Arguments extends readonly unknown[], Result>(
    run: (...given: Arguments) => Result,
  ): ((...given: Arguments) => Result) & { dispose(): void }
  valueAndGrad(
    loss: (weights: JaxArrays, ids: JaxArray) => JaxArray,
  ): (weights: JaxArrays, ids: JaxArray) => [loss: JaxArray, gradients: JaxArrays]
  blockUntilReady<Tree>(tree: Tree): Promise<Tree>
  readonly nn: {
    silu(x: JaxArray): JaxArray
    oneHot(ids: JaxArray, classes: number): JaxArray
    logSoftmax(x: JaxArray, axis: number): JaxArray
    dotProductAttention(
      query: JaxArray,
      key: JaxArray,
      value: JaxArray,
      options: { readonly isCausal: boolean },
    ): JaxArray
  }
  readonly numpy: {
    readonly int32: string
    array(values: Float32Array | Int32Array, options: { shape: readonly number[]; dtype?: string }): JaxArray
    zerosLike(x: JaxArray): JaxArray
    matmul(a: JaxArray, b: JaxArray): JaxArray
    take(table: JaxArray, ids: JaxArray, axis: number): JaxArray
    concatenate(arrays: readonly JaxArray[], axis: number): JaxArray
    square(x: JaxArray): JaxArray
    sqrt(x: JaxArray): JaxArray
    negative(x: JaxArray): JaxArray
    sum(x: JaxArray): JaxArray
    mean(x: JaxArray, axis: number, options: { readonly keepdims: boolean }): JaxArray
  }
}
