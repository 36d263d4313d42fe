import type { About } from "../dialogue/about.ts"
import { isBeside } from "../facts/is-beside.ts"
import { isBigger } from "../facts/is-bigger.ts"
import { objectsOfKind } from "../facts/objects-of-kind.ts"
import { findKind } from "../kinds/find-kind.ts"
import type { Scene, SceneObject } from "../scene/scene.ts"
import type { Claim } from "./claim.ts"
import { claimedCounts } from "./claimed-counts.ts"
import { findsFalseClaim } from "./finds-false-claim.ts"
import { readColours } from "./read-colours.ts"
import { readDecision } from "./read-decision.ts"
import { readNumber } from "./read-number.ts"
import { readSettings } from "./read-settings.ts"
import { readSide } from "./read-side.ts"
import { readWinner } from "./read-winner.ts"

type AboutScene = Exclude<About, { type: "talk" | "general" }>

/** Whether an answer gives what was asked for and makes no false claim. */
export function judgeInScene(about: AboutScene, answer: string, scene: Scene, claims: readonly Claim[]): boolean {
  return !findsFalseClaim(scene, answer, claims) && givesAnswer(about, answer, scene, claims)
}

function givesAnswer(about: AboutScene, answer: string, scene: Scene, claims: readonly Claim[]): boolean {
  const named = claimedCounts(scene, claims)
  switch (about.type) {
    case "objects":
      return isCountOf(named, scene.objects) && settingIsNotWrong(answer, scene)
    case "zone":
      return isCountOf(
        named,
        scene.objects.filter(({ zone }) => zone === about.zone),
      )
    case "which":
      return isCountOf(
        named,
        scene.objects.filter(({ kind }) => about.kinds.includes(kind)),
      )
    case "beside": {
      const [subject] = objectsOfKind(scene, about.kind)
      named.delete(about.kind)
      const isThere = (object: SceneObject) =>
        object !== subject && isBeside(scene, object, about.direction, subject!) === true
      return isCountOf(named, scene.objects.filter(isThere))
    }
    case "places": {
      const found = objectsOfKind(scene, about.kind)
      const stated = claims.filter(({ kind, negated }) => kind === about.kind && !negated).flatMap(({ zones }) => zones)
      if (found.length === 0) return saysNone(answer) && stated.length === 0
      return found.every(({ zone }) => stated.includes(zone))
    }
    case "presence": {
      const isThere = scene.objects.some(
        ({ kind, zone }) => about.kinds.includes(kind) && (about.zone === undefined || about.zone === zone),
      )
      const claimed = claims.find(({ kind }) => about.kinds.includes(kind))
      const implied = about.zone === undefined && claimed ? (claimed.negated ? "no" : "yes") : undefined
      return isDecision(answer, isThere, implied)
    }
    case "count": {
      const { kinds } = about
      const truth = scene.objects.filter(({ kind }) => kinds?.includes(kind) ?? true).length
      const stated = readNumber(answer, about.nouns)
      const sum = [...named].reduce((all, [kind, count]) => all + (kinds?.includes(kind) === false ? 0 : count), 0)
      return (stated ?? sum) === truth && (stated !== undefined || named.size > 0)
    }
    case "is-beside": {
      const [object] = objectsOfKind(scene, about.kind)
      const [other] = objectsOfKind(scene, about.other)
      return isDecision(answer, isBeside(scene, object!, about.direction, other!) === true)
    }
    case "side": {
      const [object] = objectsOfKind(scene, about.kind)
      const [other] = objectsOfKind(scene, about.other)
      const said = readSide(answer, about.directions)
      return said !== undefined && isBeside(scene, object!, said, other!) === true
    }
    case "others":
      named.delete(about.kind)
      return isCountOf(
        named,
        scene.objects.filter(({ kind }) => kind !== about.kind),
      )
    case "setting": {
      const stated = readSettings(answer)
      return stated.length === 1 && stated[0] === scene.setting
    }
    case "is-setting":
      return isDecision(answer, about.setting === scene.setting)
    case "extreme-size": {
      const candidates = scene.objects.filter(({ kind }) => about.kinds.includes(kind))
      const winner = readWinner(answer)
      const object = candidates.find(({ kind }) => kind === winner)
      return (
        object !== undefined &&
        candidates.every((other) => other === object || isBigger(object, other) === (about.extreme === "biggest"))
      )
    }
    case "is-size": {
      const [object] = objectsOfKind(scene, about.kind)
      const [other] = objectsOfKind(scene, about.other)
      return isDecision(answer, isBigger(object!, other!) === (about.comparison === "bigger"))
    }
    case "colours": {
      const stated = readColours(answer)
      if (objectsOfKind(scene, about.kind).length === 0) return saysNone(answer) && stated.length === 0
      const { colours } = findKind(about.kind)
      return stated.includes(colours[0]) && stated.every((colour) => colours.includes(colour))
    }
    case "is-colour":
      return isDecision(answer, findKind(about.kind).colours.includes(about.colour))
  }
}

function isCountOf(named: ReadonlyMap<string, number>, objects: readonly SceneObject[]): boolean {
  const truth = new Map<string, number>()
  for (const { kind } of objects) truth.set(kind, (truth.get(kind) ?? 0) + 1)
  return truth.size === named.size && [...truth].every(([kind, count]) => named.get(kind) === count)
}

function isDecision(answer: string, truth: boolean, implied?: "yes" | "no"): boolean {
  return (readDecision(answer) ?? implied) === (truth ? "yes" : "no")
}

function saysNone(answer: string): boolean {
  return /\b(no|none|not|cannot|can't|don't|nothing|zero)\b/i.test(answer)
}

function settingIsNotWrong(answer: string, scene: Scene): boolean {
  return readSettings(answer).every((name) => name === scene.setting)
}
