import type { QuestionMaker } from "../question-draft.ts"
import type { QuestionKind } from "../question-kind.ts"
import { at } from "./at.ts"
import { category } from "./category.ts"
import { colour } from "./colour.ts"
import { colourYesNo } from "./colour-yes-no.ts"
import { count } from "./count.ts"
import { countAll } from "./count-all.ts"
import { describe } from "./describe.ts"
import { detail } from "./detail.ts"
import { others } from "./others.ts"
import { outside } from "./outside.ts"
import { reasoning } from "./reasoning.ts"
import { relation } from "./relation.ts"
import { relationYesNo } from "./relation-yes-no.ts"
import { setting } from "./setting.ts"
import { settingYesNo } from "./setting-yes-no.ts"
import { side } from "./side.ts"
import { size } from "./size.ts"
import { sizeYesNo } from "./size-yes-no.ts"
import { talk } from "./talk.ts"
import { unknown } from "./unknown.ts"
import { what } from "./what.ts"
import { where } from "./where.ts"
import { yesNo } from "./yes-no.ts"
import { yesNoAt } from "./yes-no-at.ts"

/** Who draws the questions of each kind. */
export const makers: Readonly<Record<QuestionKind, QuestionMaker>> = {
  what,
  where,
  at,
  "yes-no": yesNo,
  unknown,
  "yes-no-at": yesNoAt,
  count,
  "count-all": countAll,
  relation,
  "relation-yes-no": relationYesNo,
  side,
  others,
  setting,
  describe,
  detail,
  "setting-yes-no": settingYesNo,
  size,
  "size-yes-no": sizeYesNo,
  colour,
  "colour-yes-no": colourYesNo,
  category,
  reasoning,
  talk,
  outside,
}
