/** Where downloads come from and go to. */
export interface HubOptions {
  /** Default: where Hugging Face's own tools keep downloads (`~/.cache/huggingface/hub`). In a browser: a Cache Storage. */
  cacheDir?: string
  /** Default `https://huggingface.co`. */
  endpoint?: string
  /** For private and gated models. */
  token?: string
  /** Use what is in the cache; make no request. */
  offline?: boolean
  /** Branch, tag or commit. Default: the known model's, else `main`. A revision in the name (`org/name@tag`) goes first. */
  revision?: string
  signal?: AbortSignal
}
