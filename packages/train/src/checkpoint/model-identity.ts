import { float32ToFloat16 } from "@llava/checkpoint"
import type { Llava } from "@llava/model"
import { bytesPerElement, type Module, PackedMatrix, type Parameter } from "@llava/tensor"
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex } from "@noble/hashes/utils.js"

/** Numbers that are looked at of each parameter, at most. */
const SAMPLED = 256
/** Rows of packed matrices are read back by so many. */
const PANEL = 32

/** What a run began with: it goes on with the same alone. */
export interface ModelIdentity {
  readonly encoder?: string
  readonly projector?: string
  readonly language_model: string
  readonly tokenizer: string
  readonly settings: Readonly<Record<string, unknown>>
}

/**
 * Identifies a model by its settings, the names and shapes of its weights, and a sample of their values: of each
 * parameter some of a row in the middle. Values are rounded to f16, so that it does not matter whether a GPU keeps weights so.
 */
export async function modelIdentity({ options }: Pick<Llava, "options">): Promise<ModelIdentity> {
  const { encoder, projector, languageModel, tokenizer, source } = options
  const { selectLayers = [-2], selectFeature = "patch", imageStartEnd = false, imageTokenId, maxLength } = options
  const type = source?.projector?.config["type"]
  return {
    ...(encoder && { encoder: `${encoder.modelType} ${await fingerprint(encoder)}` }),
    ...(projector && { projector: `${typeof type === "string" ? `${type} ` : ""}${await fingerprint(projector)}` }),
    language_model: `${languageModel.modelType} ${await fingerprint(languageModel)}`,
    tokenizer: `${tokenizer.vocabSize} tokens, ${shortDigest(sha256(new TextEncoder().encode(`${tokenizer.encode(PROBE)}`)))}`,
    settings: {
      ...{ template: options.template.name, imageAspectRatio: options.imageAspectRatio ?? "square" },
      ...{ selectLayers, selectFeature, imageStartEnd },
      ...{ imageTokenId: imageTokenId ?? null, maxLength: maxLength ?? null },
    },
  }
}

/** Tells most tokenizers apart. */
const PROBE = "The quick brown fox, 12345 + 67890 = ?\n\tÜber naïve café 漢字 🙂"

async function fingerprint(module: Module): Promise<string> {
  const hash = sha256.create()
  for (const [path, parameter] of module.namedParameters()) {
    hash.update(new TextEncoder().encode(`${path} ${parameter.shape}\n`))
    const sample = await sampleOf(parameter)
    hash.update(new Uint8Array(sample.buffer, sample.byteOffset, sample.byteLength))
  }
  return shortDigest(hash.digest())
}

const shortDigest = (digest: Uint8Array) => bytesToHex(digest).slice(0, 16)

/** Some numbers from a row in the middle, as the bits of f16. */
async function sampleOf({ value }: Parameter): Promise<Uint16Array> {
  const width = value.shape.at(-1) ?? 1
  const rows = value.shape.slice(0, -1).reduce((product, edge) => product * edge, 1)
  const row = Math.floor(rows / 2 / PANEL) * PANEL
  const count = Math.min(SAMPLED, width)
  if (value instanceof PackedMatrix) return float32ToFloat16((await value.readRows(row, 1)).subarray(0, count))
  const bytes = bytesPerElement[value.dtype]
  const read = await value.device.read(value.buffer, count * bytes, row * width * bytes)
  return value.dtype === "f16" ? new Uint16Array(read) : float32ToFloat16(new Float32Array(read))
}
