import { availableParallelism } from "node:os"
import { promptText } from "../../data/prompt-text.ts"
import { DECODED_TOKENS, type Smollm2Work, type Work } from "../../plan/work.ts"
import type { Contestant, Prepared } from "../contestant.ts"
import { loadPeer } from "../load-peer.ts"
import { peerVersion } from "../peer-version.ts"
import { unsupported } from "../unsupported.ts"

interface LlamaSequence {
  clearHistory(): Promise<void>
  eraseContextTokenRanges(ranges: readonly { start: number; end: number }[]): Promise<void>
  evaluateWithoutGeneratingNewTokens(tokens: readonly number[]): Promise<void>
  evaluate(
    tokens: readonly number[],
    options: { temperature: number; yieldEogToken: boolean },
  ): AsyncGenerator<number, void, undefined>
  readonly nextTokenIndex: number
}

interface LlamaModel {
  tokenize(text: string): number[]
  createContext(options: Record<string, number>): Promise<{ getSequence(): LlamaSequence; dispose(): Promise<void> }>
  dispose(): Promise<void>
}

interface Llama {
  loadModel(options: { modelPath: string }): Promise<LlamaModel>
}

interface NodeLlamaCpp {
  getLlama(options: Record<string, unknown>): Promise<Llama>
}

/** llama.cpp on the processor, through node-llama-cpp's prebuilt binary. */
export async function openLlamaCpp(): Promise<Contestant> {
  const { getLlama } = await loadPeer<NodeLlamaCpp>("node-llama-cpp")
  const llama = await getLlama({ gpu: false, build: "never", progressLogs: false, logLevel: "error" })
  return {
    version: peerVersion("node-llama-cpp"),
    prepare: async (work: Work) => (work.kind === "smollm2" ? prepare(llama, work) : unsupported("llama.cpp", work)),
  }
}

async function prepare(llama: Llama, { phase, file, tokens }: Smollm2Work): Promise<Prepared> {
  const model = await llama.loadModel({ modelPath: file })
  const context = await model.createContext({
    contextSize: tokens + DECODED_TOKENS + 64,
    batchSize: tokens,
    threads: availableParallelism(),
  })
  const sequence = context.getSequence()
  const ids = model.tokenize(promptText.repeat(Math.ceil(tokens / 50))).slice(0, tokens)
  const greedy = async (given: readonly number[], count: number) => {
    const chosen: number[] = []
    for await (const token of sequence.evaluate(given, { temperature: 0, yieldEogToken: true })) {
      chosen.push(token)
      if (chosen.length === count) break
    }
    return Int32Array.from(chosen)
  }
  if (phase === "decode") await sequence.evaluateWithoutGeneratingNewTokens(ids)
  return {
    async run() {
      if (phase === "prefill") {
        await sequence.clearHistory()
        return greedy(ids, 1)
      }
      await sequence.eraseContextTokenRanges([{ start: tokens - 1, end: sequence.nextTokenIndex }])
      return greedy(ids.slice(-1), DECODED_TOKENS)
    },
    async [Symbol.asyncDispose]() {
      await context.dispose()
      await model.dispose()
    },
  }
}
