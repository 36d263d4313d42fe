import { describe, expect, it } from "vitest"
import { StopStringMatcher } from "./stop-string-matcher.ts"

function run(stops: string[], pieces: string[]) {
  const matcher = new StopStringMatcher(stops)
  const steps = pieces.map((piece) => matcher.push(piece))
  return {
    texts: steps.map((step) => step.text),
    stoppedBy: steps.find((step) => step.stoppedBy !== undefined)?.stoppedBy,
    rest: matcher.flush(),
  }
}

describe("StopStringMatcher", () => {
  it("finds a stop string across pieces and shows nothing of it", () => {
    expect(run(["###"], ["Yes.#", "#", "#Human", ": more"])).toEqual({
      texts: ["Yes.", "", "", ""],
      stoppedBy: "###",
      rest: "",
    })
  })

  it("gives back what turned out not to be a stop string", () => {
    expect(run(["###"], ["a #", "# b"])).toEqual({ texts: ["a ", "## b"], stoppedBy: undefined, rest: "" })
    expect(run(["###"], ["a ##"]).rest).toBe("##")
  })

  it("does not depend on where pieces end", () => {
    const stops = ["abcd", "bc", "###", "##\n"]
    const text = "xx ab #a ###\nabcd"
    for (const whole of [text, "xabcd", "aab##\n###", "####", "none at a"]) {
      const once = run(stops, [whole])
      for (let cut = 0; cut <= whole.length; cut++) {
        const { texts, stoppedBy, rest } = run(stops, [whole.slice(0, cut), whole.slice(cut)])
        expect({ text: texts.join("") + rest, stoppedBy }).toEqual({
          text: once.texts.join("") + once.rest,
          stoppedBy: once.stoppedBy,
        })
      }
      const single = run(stops, [...whole])
      expect(single.texts.join("") + single.rest).toBe(once.texts.join("") + once.rest)
    }
  })

  it("lets everything pass without stop strings", () => {
    expect(run([""], ["a", "b"])).toEqual({ texts: ["a", "b"], stoppedBy: undefined, rest: "" })
  })
})
