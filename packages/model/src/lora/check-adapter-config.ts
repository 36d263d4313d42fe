import { ModelError } from "../model-error.ts"
import type { AdapterConfig } from "./adapter-config.ts"

/** What changes the computation, beyond B·A beside a layer. */
const beyondLora = [
  "use_dora",
  "lora_bias",
  "use_qalora",
  "use_bdlora",
  "layer_replication",
  "alora_invocation_tokens",
  "trainable_token_indices",
  "target_parameters",
  "arrow_config",
  "kasa_config",
  "monteclora_config",
]

/** Beginnings that leave the base as it is; others (PiSSA, OLoRA, LoftQ, ...) are differences to another base. */
const plainBeginnings: readonly (string | boolean)[] = [true, false, "gaussian", "eva", "orthogonal"]

/** Errors: "adapter-unsupported" for an adapter that would compute something else here. */
export function checkAdapterConfig(config: AdapterConfig, file: string): void {
  const used = beyondLora.find((key) => !isEmpty(config[key]))
  const beginning = config.init_lora_weights
  if (used === undefined && plainBeginnings.includes(beginning)) return
  const what = used ?? `init_lora_weights "${beginning}"`
  throw new ModelError(`${file}: ${what} is more than a low-rank adapter on the base as it is.`, {
    code: "adapter-unsupported",
    fix: "Merge it into its base with PEFT (merge_and_unload), and open the merged model.",
  })
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true
  return typeof value === "object" && Object.keys(value).length === 0
}
