import { expect, it } from "vitest"
import { reportBody } from "./report-body.ts"
import { reportPage } from "./report-page.ts"

const metrics = [1, 2, 3].map((step) => ({
  ...{ step, loss: 4 - step, lr: 1e-3, gradNorm: 1, tokens: 50, learnedTokens: 10 },
  ...{ tokensPerSecond: 900, gpuBytes: 5e6 },
}))
const answers = [1, 2].map((step) => ({
  step,
  answers: [
    { id: 7, images: ["a/cat.png"], question: "What <b>is</b> it?", expected: "A cat.", answer: `cat ${step}` },
  ],
}))

it("shows figures, curves, and answers beside their pictures, with text as text", () => {
  const report = { recipe: { name: "</pre><script>" }, metrics, validation: [{ step: 3, loss: 1.25 }], answers }
  const body = reportBody(report, (path) => `data:${path}`)
  expect(body.match(/<svg/g)).toHaveLength(5)
  expect(body).toContain("<dd>1.2500</dd>")
  expect(body).toContain("<dd>30</dd>")
  expect(body).toContain('<img src="data:a/cat.png" alt="cat.png">')
  expect(body).toContain("What &lt;b&gt;is&lt;/b&gt; it?")
  expect(body.indexOf("cat 2")).toBeLessThan(body.indexOf("cat 1<"))
  expect(body).not.toContain("<script")
  expect(reportPage(body)).not.toMatch(/https?:|src="(?!data:)/)
})

it("shows a run without a step", () => {
  const body = reportBody({ recipe: {}, metrics: [], validation: [], answers: [] }, () => undefined)
  expect(body).toContain("No step is done yet.")
  expect(body).not.toContain("<svg")
})
