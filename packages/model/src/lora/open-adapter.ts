import type { Checkpoint, StoredTensor } from "@llava/checkpoint"
import { parseConfig } from "@llava/core"
import type { ModelFolder } from "../load/model-folder.ts"
import { readJson } from "../load/read-json.ts"
import { ModelError } from "../model-error.ts"
import { type AdapterConfig, adapterConfigSchema } from "./adapter-config.ts"
import { adapterFiles } from "./adapter-files.ts"
import { adapterTensorName } from "./adapter-tensor-name.ts"
import { checkAdapterConfig } from "./check-adapter-config.ts"

/** The two factors of a module, still in their file. */
export interface StoredFactors {
  /** `[rank, in]` */
  readonly a: StoredTensor
  /** `[out, rank]` */
  readonly b: StoredTensor
}

/** An adapter's files, read and found to be in order. */
export interface OpenedAdapter extends AsyncDisposable {
  readonly config: AdapterConfig
  /** The config's file, for error messages. */
  readonly file: string
  /** By the module's name in the file, PEFT's prefix left out. */
  readonly factors: ReadonlyMap<string, StoredFactors>
  /** Whole weights that were trained as well, by name. */
  readonly weights: ReadonlyMap<string, StoredTensor>
}

/**
 * Opens the adapter of a folder. Errors: "adapter-missing", "adapter-unsupported", "adapter-incomplete" for a factor
 * without the other; core's "config-invalid"; those of damaged files.
 */
export async function openAdapter(folder: ModelFolder): Promise<OpenedAdapter> {
  const file = `${folder.name}/${adapterFiles.config}`
  const json = await readJson(folder, adapterFiles.config)
  const weightsFile = adapterFiles.weights.find((name) => folder.files.includes(name))
  if (!json || weightsFile === undefined) {
    const absent = json ? adapterFiles.weights.join(" or ") : adapterFiles.config
    throw new ModelError(`${folder.name} holds no adapter: it has no ${absent}.`, {
      code: "adapter-missing",
      fix: "Give a folder that PEFT or saveAdapter wrote.",
    })
  }
  const type = json["peft_type"]
  if (typeof type === "string" && type !== "LORA") {
    throw new ModelError(`${file}: peft_type ${type} is no low-rank adapter (LORA).`, { code: "adapter-unsupported" })
  }
  const config = parseConfig(adapterConfigSchema, json, file)
  checkAdapterConfig(config, file)
  await using opened = new AsyncDisposableStack()
  const others = adapterFiles.others.find((name) => folder.files.includes(name))
  const checkpoints: Checkpoint[] = []
  for (const name of [weightsFile, ...(others === undefined ? [] : [others])]) {
    checkpoints.push(opened.use(await folder.openWeights(name)))
  }
  const sorted = sortTensors(checkpoints.flatMap(({ tensors }) => [...tensors.values()]))
  const files = opened.move()
  return { config, file, ...sorted, [Symbol.asyncDispose]: () => files.disposeAsync() }
}

function sortTensors(tensors: readonly StoredTensor[]): Pick<OpenedAdapter, "factors" | "weights"> {
  const found = new Map<string, { a?: StoredTensor; b?: StoredTensor }>()
  const weights = new Map<string, StoredTensor>()
  for (const stored of tensors) {
    const name = adapterTensorName(stored.name)
    if (name.kind === "unknown") {
      throw new ModelError(`${stored.file}: '${stored.name}' is no factor of a linear layer.`, {
        code: "adapter-unsupported",
        fix: "Merge the adapter into its base with PEFT (merge_and_unload), and open the merged model.",
      })
    }
    if (name.kind === "weight") weights.set(name.name, stored)
    else found.set(name.module, { ...found.get(name.module), [name.kind === "A" ? "a" : "b"]: stored })
  }
  const factors = new Map<string, StoredFactors>()
  for (const [module, { a, b }] of found) {
    if (a && b) factors.set(module, { a, b })
    else {
      const there = (a ?? b)!
      throw new ModelError(`${there.file} has '${there.name}' without lora_${a ? "B" : "A"}.`, {
        code: "adapter-incomplete",
        fix: "Get the file again.",
      })
    }
  }
  return { factors, weights }
}
