import type { Page } from "playwright-core"

export interface Question {
  image?: string
  question: string
  maxNewTokens: number
}

/** The page of examples/browser as a visitor has it. */
export class ExamplePage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Goes there and waits until the model is open, or cannot be opened; returns what the page says. */
  async visit(address: string): Promise<string> {
    await this.page.goto(address)
    return this.#settled()
  }

  async ask({ image, question, maxNewTokens }: Question): Promise<void> {
    await this.page.locator("#picture").setInputFiles(image ?? [])
    await this.page.locator("#question").fill(question)
    await this.page.locator("#limit").fill(String(maxNewTokens))
    await this.page.locator("#ask").click()
  }

  async answerBegins(): Promise<void> {
    await this.page.locator("#answer:not(:empty)").waitFor({ state: "attached", timeout: 60_000 })
  }

  /** The answer when it is complete. */
  async answer(): Promise<{ status: string; text: string; tokenIds: number[] }> {
    const status = await this.#settled()
    const text = (await this.page.locator("#answer").textContent()) ?? ""
    const tokens = (await this.page.locator("#tokens").textContent()) ?? ""
    return { status, text, tokenIds: tokens.split(" ").filter(Boolean).map(Number) }
  }

  async #settled(): Promise<string> {
    await this.page.locator("#ask:enabled").waitFor({ timeout: 150_000 })
    return (await this.page.locator("#status").textContent()) ?? ""
  }
}
