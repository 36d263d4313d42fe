/** The name of the Cache Storage that downloads go to. */
export async function defaultCacheDir(): Promise<string> {
  return "llava-models"
}
