import type { Tokenizer } from "../tokenizer/tokenizer.ts"

/** A place in the tree of all tokens: the ids that end here, and where each byte leads. */
export interface TrieNode {
  readonly ids: number[]
  readonly children: Map<number, TrieNode>
}

const known = new WeakMap<Tokenizer, { vocabSize: number; root: TrieNode }>()

/** The tokens of a vocabulary by their bytes, special tokens left out. */
export function vocabularyTrie(tokenizer: Tokenizer): TrieNode {
  const { vocabSize } = tokenizer
  const found = known.get(tokenizer)
  // Tokens can be added later; then the vocabulary has grown.
  if (found?.vocabSize === vocabSize) return found.root
  const root: TrieNode = { ids: [], children: new Map() }
  for (let id = 0; id < vocabSize; id++) {
    if (tokenizer.isSpecial(id)) continue
    const bytes = tokenizer.tokenBytes(id)
    if (bytes.length === 0) continue
    let node = root
    for (const byte of bytes) {
      const child = node.children.get(byte) ?? { ids: [], children: new Map() }
      node.children.set(byte, child)
      node = child
    }
    node.ids.push(id)
  }
  known.set(tokenizer, { vocabSize, root })
  return root
}
