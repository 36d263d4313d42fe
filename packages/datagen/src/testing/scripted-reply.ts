/** What the scripted server does with one request. */
export type ScriptedReply = string | ScriptedAnswer | ScriptedFault

export interface ScriptedAnswer {
  text: string
  /** Default `stop`. */
  finishReason?: "stop" | "length" | "content_filter"
  /** Counted in words where it is not given; `null` leaves it out, as some endpoints do. */
  usage?: { promptTokens: number; completionTokens: number } | null
  /** Answer in one piece where a stream was asked for, as simple endpoints do. */
  whole?: boolean
  /** Milliseconds before it answers. */
  delay?: number
}

export type ScriptedFault =
  /** An error of the API, with its JSON body. */
  | { fault: "status"; status: number; code?: string; param?: string; headers?: Record<string, string> }
  /** A page where the API should be. */
  | { fault: "html"; status?: number }
  /** The connection breaks after so many characters of the text. */
  | { fault: "break"; text: string; after: number }
  /** The stream ends in good order, but before the reply does. */
  | { fault: "unfinished"; text: string }
  /** A piece of the stream is not JSON. */
  | { fault: "malformed" }
  /** The error comes inside the stream, as some gateways send it. */
  | { fault: "error-in-stream"; message: string }
  /** Nothing comes until the client gives up. */
  | { fault: "hang" }

export interface ScriptedChat {
  model: string
  messages: { role: string; content: string }[]
  seed?: number
  temperature?: number
  max_tokens?: number
  max_completion_tokens?: number
  stream?: boolean
}
