/** As much of onnxruntime-node as is used here: it is installed only when benchmarks run. */
export interface OnnxRuntime {
  InferenceSession: { create(path: string, options: Record<string, unknown>): Promise<OnnxSession> }
  Tensor: new (type: string, data: ArrayBufferView, dims: readonly number[]) => OnnxTensor
}

export interface OnnxTensor {
  readonly data: Float32Array
}

export interface OnnxSession {
  run(feeds: Record<string, OnnxTensor>, fetches: readonly string[]): Promise<Record<string, OnnxTensor>>
  release(): Promise<void>
}
