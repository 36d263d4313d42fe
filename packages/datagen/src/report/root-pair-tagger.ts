import model from "wink-eng-lite-web-model"
import winkNLP, { type ItsFunction, type WinkMethods } from "wink-nlp"

/** The model remembers words it meets; a fresh one after so many questions bounds that. */
const questionsPerModel = 50_000

/**
 * The verb at a question's root and its noun, as the data papers count them to show how varied questions are. There is no
 * parser behind it: the first full verb (else "be"), and the first noun after it (else the last before it).
 */
export class RootPairTagger {
  #wink: WinkMethods | undefined
  #questions = 0

  /** "take picture", or undefined for a question without a noun. */
  rootPair(question: string): string | undefined {
    if (this.#questions++ % questionsPerModel === 0) this.#wink = winkNLP(model, ["pos"])
    const { readDoc, its } = this.#wink!
    const tokens = readDoc(question).tokens()
    const tags = tokens.out(its.pos)
    const lemmas = tokens.out(its.lemma as ItsFunction<string>)
    const root = tags.indexOf("VERB")
    const isNoun = (at: number) => tags[at] === "NOUN" || tags[at] === "PROPN"
    const places = tags.map((_, at) => at).filter(isNoun)
    const noun = places.find((at) => at > root) ?? places.at(-1)
    if (noun === undefined) return undefined
    return `${root < 0 ? "be" : lemmas[root]} ${lemmas[noun]}`
  }
}
