import type { Contestant } from "./contestant.ts"
import type { OpenOnnxRuntimeOptions } from "./onnx-runtime/open-onnx-runtime.ts"

interface Entry {
  readonly title: string
  /** Part of this repository. */
  readonly own?: boolean
  /** A line for orientation: it does not run on the adapter, so no ratio is drawn from it. */
  readonly orientation?: boolean
  /** How the worker opens it. */
  readonly open: () => Promise<Contestant>
}

export type ContestantName =
  | "llava"
  | "llava-dense"
  | "onnx"
  | "onnx-plain"
  | "tfjs"
  | "jax-js"
  | "onnx-cpu"
  | "llama-cpp"

/** Everything that is measured. `llava` is this repository. */
export const contestants: Readonly<Record<ContestantName, Entry>> = {
  llava: {
    title: "@llava",
    own: true,
    open: async () => (await import("./llava/open-llava.ts")).openLlava(),
  },
  "llava-dense": {
    title: "@llava, matmul of two dense tensors",
    own: true,
    open: async () => (await import("./llava/open-llava.ts")).openLlava({ dense: true }),
  },
  onnx: {
    title: "ONNX Runtime WebGPU",
    open: () => openOnnx({ provider: "webgpu" }),
  },
  "onnx-plain": {
    title: "ONNX Runtime WebGPU, attention of plain operators",
    open: () => openOnnx({ provider: "webgpu", attention: "plain" }),
  },
  tfjs: {
    title: "TensorFlow.js WebGPU",
    open: async () => (await import("./tfjs/open-tfjs.ts")).openTfjs(),
  },
  "jax-js": {
    title: "jax-js WebGPU",
    open: async () => (await import("./jax-js/open-jax-js.ts")).openJaxJs(),
  },
  "onnx-cpu": {
    title: "ONNX Runtime CPU",
    orientation: true,
    open: () => openOnnx({ provider: "cpu" }),
  },
  "llama-cpp": {
    title: "llama.cpp CPU",
    orientation: true,
    open: async () => (await import("./llama-cpp/open-llama-cpp.ts")).openLlamaCpp(),
  },
}

async function openOnnx(options: OpenOnnxRuntimeOptions): Promise<Contestant> {
  return (await import("./onnx-runtime/open-onnx-runtime.ts")).openOnnxRuntime(options)
}
