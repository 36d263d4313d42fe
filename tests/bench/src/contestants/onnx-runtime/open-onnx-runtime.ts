import { mkdtempSync, rmSync } from "node:fs"
import { availableParallelism, tmpdir } from "node:os"
import { join } from "node:path"
import { clipVisionPresets } from "@llava/clip"
import { decoderSizes } from "../../data/decoder-sizes.ts"
import { randomIds } from "../../data/random-ids.ts"
import { randomValues } from "../../data/random-values.ts"
import { type ClipAttention, clipGraph } from "../../onnx/clip-graph.ts"
import { decoderGraph } from "../../onnx/decoder-graph.ts"
import { matmulGraph } from "../../onnx/matmul-graph.ts"
import { OnnxGraph } from "../../onnx/onnx-graph.ts"
import type { DecoderWork, ImageEncoderWork, MatmulWork, Work } from "../../plan/work.ts"
import type { Contestant, Prepared } from "../contestant.ts"
import { loadPeer } from "../load-peer.ts"
import { peerVersion } from "../peer-version.ts"
import { unsupported } from "../unsupported.ts"
import type { OnnxRuntime, OnnxSession, OnnxTensor } from "./onnx-runtime.ts"

export interface OpenOnnxRuntimeOptions {
  readonly provider: "webgpu" | "cpu"
  /** Of image towers; default `fused`. */
  readonly attention?: ClipAttention
}

/** ONNX Runtime, native, with its WebGPU provider or on the processor with as many threads as there are cores. */
export async function openOnnxRuntime(options: OpenOnnxRuntimeOptions): Promise<Contestant> {
  return new OnnxRuntimeContestant(await loadPeer<OnnxRuntime>("onnxruntime-node"), options)
}

class OnnxRuntimeContestant implements Contestant {
  readonly version = peerVersion("onnxruntime-node")
  readonly #runtime: OnnxRuntime
  readonly #provider: OpenOnnxRuntimeOptions["provider"]
  readonly #attention: ClipAttention

  constructor(runtime: OnnxRuntime, { provider, attention = "fused" }: OpenOnnxRuntimeOptions) {
    this.#runtime = runtime
    this.#provider = provider
    this.#attention = attention
  }

  prepare(work: Work): Promise<Prepared> {
    switch (work.kind) {
      case "matmul":
        return this.#matmul(work)
      case "image-encoder":
        return this.#imageEncoder(work)
      case "decoder":
        return this.#decoder(work)
      case "smollm2":
      case "training":
        return unsupported("ONNX Runtime", work)
    }
  }

  async #matmul(work: MatmulWork): Promise<Prepared> {
    const { rows, inputs } = work
    const session = await this.#session((graph) => matmulGraph(graph, work))
    const x = new this.#runtime.Tensor("float32", randomValues("x", rows * inputs), [rows, inputs])
    return this.#prepared(session, { x }, "y")
  }

  async #imageEncoder({ preset, layers, format }: ImageEncoderWork): Promise<Prepared> {
    const config = { ...clipVisionPresets[preset], num_hidden_layers: layers }
    const size = config.image_size
    const session = await this.#session((graph) => clipGraph(graph, config, { format, attention: this.#attention }))
    const pixels = new this.#runtime.Tensor("float32", randomValues("pixels", 3 * size * size), [1, 3, size, size])
    return this.#prepared(session, { pixels }, "hidden")
  }

  async #decoder({ phase, tokens, layers }: DecoderWork): Promise<Prepared> {
    const ids = randomIds("ids", tokens + 1, decoderSizes.vocab_size)
    const prompt = { ids: new this.#runtime.Tensor("int32", ids.subarray(0, tokens), [1, tokens]) }
    const prefill = await this.#session((graph) => decoderGraph(graph, { layers, tokens }))
    if (phase === "prefill") return this.#prepared(prefill, prompt, "logits")
    const names = Array.from({ length: layers * 2 }, (_, i) => `state_${i}`)
    const results = await prefill.run(prompt, names)
    await prefill.release()
    const past = { length: tokens, states: names.map((name) => results[name]!.data) }
    const step = await this.#session((graph) => decoderGraph(graph, { layers, tokens: 1, past }))
    const last = { ids: new this.#runtime.Tensor("int32", ids.subarray(tokens), [1, 1]) }
    return this.#prepared(step, last, "logits")
  }

  async #session(write: (graph: OnnxGraph) => void): Promise<OnnxSession> {
    const folder = mkdtempSync(join(tmpdir(), "llava-bench-"))
    try {
      using graph = new OnnxGraph(folder)
      write(graph)
      return await this.#runtime.InferenceSession.create(graph.save(), {
        executionProviders: [this.#provider],
        intraOpNumThreads: availableParallelism(),
        interOpNumThreads: 1,
        logSeverityLevel: 3,
        // An operator that the provider lacks is to be an error and no slow detour over the processor.
        extra: { session: { disable_cpu_ep_fallback: this.#provider === "cpu" ? "0" : "1" } },
      })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  #prepared(session: OnnxSession, feeds: Record<string, OnnxTensor>, output: string): Prepared {
    return {
      run: async () => (await session.run(feeds, [output]))[output]!.data,
      [Symbol.asyncDispose]: () => session.release(),
    }
  }
}
