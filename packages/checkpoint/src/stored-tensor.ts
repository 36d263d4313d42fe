/** Element formats as they stand in files: safetensors names for plain types, GGUF names for block formats. */
export type StoredDType =
  | "F64"
  | "F32"
  | "F16"
  | "BF16"
  | "I64"
  | "I32"
  | "I16"
  | "I8"
  | "U64"
  | "U32"
  | "U16"
  | "U8"
  | "BOOL"
  | "Q4_0"
  | "Q4_1"
  | "Q5_0"
  | "Q5_1"
  | "Q8_0"
  | "Q2_K"
  | "Q3_K"
  | "Q4_K"
  | "Q5_K"
  | "Q6_K"
  | "IQ4_NL"
  | "IQ4_XS"

/** A tensor in a file: described now, read later, in ranges, so that no whole checkpoint is ever in memory. */
export interface StoredTensor {
  readonly name: string
  readonly dtype: StoredDType
  /** Outermost dimension first, as PyTorch writes it (GGUF's order is reversed by its reader). */
  readonly shape: readonly number[]
  readonly byteLength: number
  /** The file it stands in, for error messages. */
  readonly file: string
  /** Bytes `[begin, end)` of the tensor, row-major and little-endian; all of it by default. */
  read(begin?: number, end?: number): Promise<Uint8Array>
}

/** Named tensors of one model: one file, or shards behind an index. */
export interface Checkpoint extends AsyncDisposable {
  readonly tensors: ReadonlyMap<string, StoredTensor>
  /** The file's own key/value pairs (`__metadata__`, GGUF keys); empty where the format has none. */
  readonly metadata: Readonly<Record<string, unknown>>
}
