import { TokenizerError } from "@llava/core"

/** Text of a gzipped file, such as `bpe_simple_vocab_16e6.txt.gz`. @throws TokenizerError when it is damaged. */
export async function gunzipText(bytes: Uint8Array<ArrayBuffer>, file: string): Promise<string> {
  try {
    return await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text()
  } catch (cause) {
    throw new TokenizerError("It cannot be unpacked.", {
      code: "malformed-tokenizer-file",
      file,
      fix: "The file is damaged or not gzipped; download it again.",
      cause,
    })
  }
}
