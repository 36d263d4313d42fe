import { findSetting } from "../../settings/find-setting.ts"
import type { QuestionMaker } from "../question-draft.ts"

export const settingYesNo: QuestionMaker = (scene, random) => {
  const others = scene.world.settings.filter((name) => name !== scene.setting)
  const asked = others.length > 0 && random.chance(0.5) ? random.pick(others) : scene.setting
  const isTrue = asked === scene.setting
  const [{ place: askedPlace }, { place }] = [findSetting(asked), findSetting(scene.setting)]
  return {
    about: { type: "is-setting", setting: asked },
    questions: [
      `Is this ${askedPlace}?`,
      `Is the scene ${askedPlace}?`,
      `Are we ${askedPlace}?`,
      `Does this take place ${askedPlace}?`,
      `Is the picture ${askedPlace}?`,
    ],
    answers: [`The scene is ${place}, so ${isTrue ? "yes" : "no"}.`],
    decisions: [`${isTrue ? "Yes" : "No"}, the scene is ${place}.`],
  }
}
