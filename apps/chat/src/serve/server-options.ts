import type { ServerLimits, ServerOptions } from "@llava/server"
import type { ServeOptions } from "./serve-options.ts"

/** The server that the command line describes, without its models. `environmentKey` is a further API key. */
export function serverOptions(
  options: ServeOptions,
  environmentKey: string | undefined,
): Omit<ServerOptions, "models" | "embedders"> {
  const { allowHost, allowOrigin, allowPrivateUrls, host, imageUrls } = options
  const limits: Partial<ServerLimits> = {
    ...(options.maxConcurrent !== undefined && { concurrent: options.maxConcurrent }),
    ...(options.maxQueued !== undefined && { queued: options.maxQueued }),
    ...(options.maxTokens !== undefined && { tokens: options.maxTokens }),
    ...(options.maxSeconds !== undefined && { seconds: options.maxSeconds }),
  }
  return {
    limits,
    apiKeys: [...options.apiKey, ...(environmentKey ? [environmentKey] : [])],
    allowedHosts: allowHost,
    allowedOrigins: allowOrigin,
    imageUrls: allowPrivateUrls ? "any" : (imageUrls ?? (isLoopback(host) ? "public" : "none")),
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host)
}
