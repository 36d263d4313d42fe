import type { AnswerFile } from "../answers/answer-file.ts"
import { matchAnswers } from "../answers/match-answers.ts"
import { meteor, type SynonymSets } from "../meteor/meteor.ts"
import type { MeteorStage } from "../meteor/meteor-alignment.ts"
import { roundHalfEven } from "../statistics/round-half-even.ts"
import { formatTable } from "../tables/format-table.ts"
import { listSome } from "../tables/list-some.ts"
import { bleu } from "./bleu.ts"
import type { CaptionPair } from "./caption-pair.ts"
import { cider } from "./cider.ts"
import { ptbTokenize } from "./ptb-tokenize.ts"
import { rougeL } from "./rouge-l.ts"

export interface ScoreCaptionsOptions {
  references: ReadonlyMap<string, readonly string[]>
  predictions: AnswerFile
  /** Adds METEOR's synonym stage. */
  synonyms?: SynonymSets
}

export interface CaptionScore {
  /** BLEU-1 to BLEU-4; all figures are fractions with four decimals. */
  BLEU: number[]
  METEOR: number
  ROUGE_L: number
  /** As COCO's scorer prints it, which is CIDEr-D. */
  CIDEr: number
  CIDEr_D: number
  /** The first definition: neither clipped nor weighed by length. */
  CIDEr_plain: number
  /** What METEOR matched; the reference scorer has synonyms and paraphrases too. */
  meteorStages: MeteorStage[]
  images: number
  /** Images with references but no caption; left out, as by the reference scorer. */
  missing: number
  /** Captions of images without references; left out. */
  unknown: number
  /** Captions without a word; they count, and match nothing. */
  empty: number
  notes: string[]
  table: string
}

/**
 * The metrics of COCO's caption scorer over the images that have a caption.
 *
 * @throws EvaluationError `answers-unrelated`
 */
export function scoreCaptions({ references, predictions, synonyms }: ScoreCaptionsOptions): CaptionScore {
  const { missing, unknown, notes } = matchAnswers(references, predictions)
  const ids = [...references.keys()].filter((id) => predictions.answers.has(id))
  const pairs = tokenizePairs(ids, references, predictions)
  const empty = ids.filter((_, index) => pairs[index]!.candidate.length === 0)
  if (empty.length > 0) notes.push(`${predictions.file}: ${empty.length} captions have no word: ${listSome(empty)}.`)
  const { clipped, plain } = cider(pairs)
  const { score, stages } = meteor(pairs, synonyms === undefined ? {} : { synonyms })
  const four = (value: number) => roundHalfEven(value, 4)
  const figures = {
    BLEU: bleu(pairs).scores.map(four),
    METEOR: four(score),
    ROUGE_L: four(rougeL(pairs)),
    CIDEr: four(clipped),
    CIDEr_D: four(clipped),
    CIDEr_plain: four(plain),
  }
  return {
    ...figures,
    meteorStages: stages,
    images: ids.length,
    missing: missing.length,
    unknown: unknown.length,
    empty: empty.length,
    notes,
    table: captionTable(figures, stages),
  }
}

/** Tokenises in the order of the references, in which the reference scorer writes them one after another. */
function tokenizePairs(
  ids: readonly string[],
  references: ReadonlyMap<string, readonly string[]>,
  { answers }: AnswerFile,
): CaptionPair[] {
  const captionOf = (id: string | undefined) => {
    const answer = id === undefined ? undefined : answers.get(id)
    return answer?.text ?? (answer?.choice === undefined ? "" : String(answer.choice))
  }
  return ids.map((id, index) => {
    const next = ids[index + 1]
    const own = references.get(id)!
    const after = next === undefined ? "" : references.get(next)![0]!
    return {
      candidate: ptbTokenize(captionOf(id), captionOf(next)),
      references: own.map((caption, i) => ptbTokenize(caption, own[i + 1] ?? after)),
    }
  })
}

type Figures = Pick<CaptionScore, "BLEU" | "METEOR" | "ROUGE_L" | "CIDEr" | "CIDEr_plain">

function captionTable(figures: Figures, stages: readonly MeteorStage[]): string {
  const { BLEU, METEOR, ROUGE_L, CIDEr, CIDEr_plain } = figures
  return formatTable(
    ["", "score"],
    [
      ...BLEU.map((score, index) => [`BLEU-${index + 1}`, score.toFixed(4)]),
      [`METEOR (${stages.join(", ")})`, METEOR.toFixed(4)],
      ["ROUGE-L", ROUGE_L.toFixed(4)],
      ["CIDEr (CIDEr-D, as COCO prints it)", CIDEr.toFixed(4)],
      ["CIDEr (first definition)", CIDEr_plain.toFixed(4)],
    ],
  )
}
