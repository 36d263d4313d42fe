import { findKind, type World, withArticle } from "@llava/scenes"

/** A kind of thing with all that names it, longest first: with either article, as the beginning of a sentence, several. */
export interface NanoThing {
  readonly kind: string
  readonly forms: readonly string[]
}

/** What the things of a world are called in dialogues. */
export function nanoThings(world: World): NanoThing[] {
  return world.kinds.map((kind) => {
    const { plural } = findKind(kind)
    const forms = [withArticle(kind), `the ${kind}`, `the ${plural}`].flatMap((form) => [
      form,
      form.replace(/^./, (letter) => letter.toUpperCase()),
    ])
    return { kind, forms: [...forms, plural, kind] }
  })
}
