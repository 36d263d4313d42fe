/** The part of TensorFlow.js's interface that is used here. */
export interface Tfjs {
  setBackend(name: string): Promise<boolean>
  ready(): Promise<void>
  tensor(values: Float32Array | Int32Array, shape: readonly number[], dtype?: "float32" | "int32"): TfjsTensor
  tensor2d(values: Float32Array, shape: readonly [number, number]): TfjsTensor
  variable(value: TfjsTensor, trainable: boolean, name: string): TfjsTensor
  matMul(a: TfjsTensor, b: TfjsTensor, transposeA?: boolean, transposeB?: boolean): TfjsTensor
  gather(table: TfjsTensor, ids: TfjsTensor): TfjsTensor
  concat(tensors: readonly TfjsTensor[], axis: number): TfjsTensor
  softmax(logits: TfjsTensor): TfjsTensor
  oneHot(ids: TfjsTensor, depth: number): TfjsTensor
  tidy<Result>(run: () => Result): Result
  memory(): { readonly numBytesInGPU?: number }
  readonly losses: { softmaxCrossEntropy(labels: TfjsTensor, logits: TfjsTensor): TfjsTensor }
  readonly train: {
    adam(
      learningRate: number,
      beta1: number,
      beta2: number,
      epsilon: number,
    ): { minimize(loss: () => TfjsTensor, returnCost: true): TfjsTensor; dispose(): void }
  }
}

export interface TfjsTensor {
  data(): Promise<Float32Array>
  dispose(): void
  reshape(shape: readonly number[]): TfjsTensor
  transpose(axes: readonly number[]): TfjsTensor
  slice(begin: readonly number[], size: readonly number[]): TfjsTensor
  add(other: TfjsTensor | number): TfjsTensor
  mul(other: TfjsTensor | number): TfjsTensor
  neg(): TfjsTensor
  square(): TfjsTensor
  rsqrt(): TfjsTensor
  sigmoid(): TfjsTensor
  mean(axis: number, keepDims: boolean): TfjsTensor
}
