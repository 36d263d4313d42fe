import { findSetting } from "../../settings/find-setting.ts"
import { settings } from "../../settings/settings.ts"
import type { QuestionMaker } from "../question-draft.ts"

/** Settings of which one may be taken for the other. */
const blurred = [
  ["sea", "beach", "underwater"],
  ["desert", "beach"],
  ["night", "sunset"],
]

/** Whether this is the setting; what is asked for may also be a setting that the world does not have. */
export const settingYesNo: QuestionMaker = (scene, random) => {
  const clear = [...settings.keys()].filter(
    (name) => name !== scene.setting && !blurred.some((some) => some.includes(name) && some.includes(scene.setting)),
  )
  const known = clear.filter((name) => scene.world.settings.includes(name))
  const others = known.length > 0 && random.chance(0.8) ? known : clear
  const asked = random.chance(0.5) ? random.pick(others) : scene.setting
  const isTrue = asked === scene.setting
  const [{ place: askedPlace, name }, { place }] = [findSetting(asked), findSetting(scene.setting)]
  const noun = askedPlace.replace(/^(on|at|in) /, "")
  return {
    about: { type: "is-setting", setting: asked },
    questions: [
      `Is this ${askedPlace}?`,
      `Is the scene ${askedPlace}?`,
      `Are we ${askedPlace}?`,
      `Does this take place ${askedPlace}?`,
      `Is the picture ${askedPlace}?`,
      `Is this ${noun}?`,
      `Is it ${noun}?`,
      `Is that ${noun.replace(/^the /, "a ")}?`,
      `Is the background ${name.replace("plain ", "")}?`,
      `is this ${name}`,
    ],
    answers: [`The scene is ${place}, so ${isTrue ? "yes" : "no"}.`],
    decisions: [`${isTrue ? "Yes" : "No"}, the scene is ${place}.`],
  }
}
