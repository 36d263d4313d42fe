import type { Checkpoint } from "@llava/checkpoint"
import type { ModelFolder } from "../load/model-folder.ts"
import { ModelError } from "../model-error.ts"
import { type OpenedAdapter, openAdapter } from "./open-adapter.ts"

const tokenizerFile = /^(tokenizer|vocab|merges|special_tokens|added_tokens|chat_template)/

/**
 * A folder in which an adapter's own files (config, tokenizer, a trained projector) stand before those of its base: the
 * LoRA output of the original LLaVA, or a folder of PEFT's. Errors: "base-missing".
 */
export async function adapterOverBase(adapter: ModelFolder, base: ModelFolder | undefined): Promise<ModelFolder> {
  if (!base) {
    await using opened = await openAdapter(adapter)
    const named = opened.config.base_model_name_or_path
    throw new ModelError(`${adapter.name} holds an adapter, no model.`, {
      code: "base-missing",
      fix: `Name the model that it belongs to (on the command line: --base FOLDER)${named === undefined ? "" : `: it was trained on '${named}'`}.`,
    })
  }
  const ownTokenizer = adapter.files.some((file) => /^tokenizer\.(json|model)$/.test(file))
  const fromBase = base.files.filter(
    (file) => !adapter.files.includes(file) && !(ownTokenizer && tokenizerFile.test(file)),
  )
  return {
    name: adapter.name,
    files: [...adapter.files, ...fromBase].sort(),
    read: (file) => (fromBase.includes(file) ? base : adapter).read(file),
    openWeights: (file) => (file === undefined ? openBoth(adapter, base) : adapter.openWeights(file)),
    related: async (path) => (await adapter.related(path)) ?? base.related(path),
  }
}

/** The base's tensors, and then the adapter's whole weights, which so are the ones that count. */
async function openBoth(adapter: ModelFolder, base: ModelFolder): Promise<Checkpoint> {
  await using stack = new AsyncDisposableStack()
  const own: OpenedAdapter = stack.use(await openAdapter(adapter))
  const checkpoint = stack.use(await base.openWeights())
  const renamed = [...own.weights].map(([name, stored]) => [name, { ...stored, name }] as const)
  const opened = stack.move()
  const tensors = new Map([...checkpoint.tensors].filter(([name]) => !own.weights.has(name)))
  for (const [name, stored] of renamed) tensors.set(name, stored)
  return { metadata: checkpoint.metadata, tensors, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}
