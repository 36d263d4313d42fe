import { type Curve, drawCurves } from "@llava/train"
import type { AblationRecord } from "./ablation-record.ts"
import { dialogueParts } from "./dialogue-parts.ts"
import { shareRight } from "./share-right.ts"
import { spread } from "./spread.ts"
import { stage2Lengths } from "./stage2-lengths.ts"

const style =
  "svg{font:12px system-ui,sans-serif;color:#24292f;background:#fff}text{fill:currentColor}.title{font-weight:600}" +
  ".grid{stroke:#8884}polyline,path[class^=line]{fill:none;stroke-width:1.6}" +
  ".line-0{stroke:#2563eb}.line-1{stroke:#d97706}.line-2{stroke:#059669}" +
  ".dot-0{fill:#2563eb}.dot-1{fill:#d97706}.dot-2{fill:#059669}"

/** What more steps of stage 2 give, as a picture: the share of right answers to each kind of data, a mean over the seeds. */
export function budgetCurve(record: Pick<AblationRecord, "plan" | "runs">): string {
  const curves: Curve[] = Object.entries(dialogueParts).map(([name, kinds]) => ({
    name,
    points: stage2Lengths(record).map(({ steps, own }) => ({
      x: steps,
      y: 100 * spread(own.map((run) => shareRight(run, Object.keys(kinds)))).mean,
    })),
  }))
  return drawCurves("right answers in % by steps of stage 2", curves).replace(
    /^(<svg )([^>]*>)/,
    `$1xmlns="http://www.w3.org/2000/svg" $2<style>${style}</style><rect width="560" height="240" fill="#fff"/>`,
  )
}
