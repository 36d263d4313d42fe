import type { DomainFigures } from "./judge-domain.ts"

/** A sentence on what a nano takes for no picture of its world. */
export function describeDomain({ falseAlarms, unseenFalseAlarms, photographs }: DomainFigures): string {
  const scenes = `${falseAlarms.right} of ${falseAlarms.total} test scenes and ${unseenFalseAlarms.right} of ${unseenFalseAlarms.total} unseen combinations are taken for something else than drawn scenes`
  if (!photographs) return `${scenes}.`
  const { recall, precision } = photographs
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  return `${scenes}; of photographs ${recall.right} of ${recall.total} (recall ${percent(recall.share)}, precision ${percent(precision.share)}).`
}
