import { chatChunkSchema, chatReplySchema } from "../schema/chat-reply.ts"
import { chatRequestSchema } from "../schema/chat-request.ts"
import { embeddingsReplySchema, embeddingsRequestSchema } from "../schema/embeddings.ts"
import { fileDeletedSchema, fileListSchema, fileSchema, fileUploadSchema } from "../schema/file.ts"
import { healthSchema } from "../schema/health.ts"
import { modelListSchema, modelSchema } from "../schema/model-list.ts"
import { chatCompletions } from "./chat-completions.ts"
import { embeddings } from "./embeddings.ts"
import { deleteFile } from "./files/delete-file.ts"
import { listFiles } from "./files/list-files.ts"
import { retrieveFile } from "./files/retrieve-file.ts"
import { uploadFile } from "./files/upload-file.ts"
import { health } from "./health.ts"
import { listModels, retrieveModel } from "./list-models.ts"
import type { Route } from "./route.ts"

const json = "application/json"

/** Everything that the server does, but for describing itself and the page. */
export const routes: readonly Route[] = [
  {
    method: "post",
    path: "/v1/chat/completions",
    summary: "Answers a conversation, about images where the model sees.",
    body: { type: json, schema: chatRequestSchema },
    replies: { [json]: chatReplySchema, "text/event-stream": chatChunkSchema },
    handle: chatCompletions,
  },
  {
    method: "post",
    path: "/v1/embeddings",
    summary: "Images and texts as vectors of one space.",
    body: { type: json, schema: embeddingsRequestSchema },
    replies: { [json]: embeddingsReplySchema },
    handle: embeddings,
  },
  {
    method: "get",
    path: "/v1/models",
    summary: "The models that are served.",
    replies: { [json]: modelListSchema },
    handle: listModels,
  },
  {
    method: "get",
    path: "/v1/models/{id}",
    summary: "One of the models.",
    replies: { [json]: modelSchema },
    handle: retrieveModel,
  },
  {
    method: "post",
    path: "/v1/files",
    summary: "Uploads an image, to be named by its id.",
    body: { type: "multipart/form-data", schema: fileUploadSchema },
    replies: { [json]: fileSchema },
    handle: uploadFile,
  },
  {
    method: "get",
    path: "/v1/files",
    summary: "The files that this key uploaded.",
    replies: { [json]: fileListSchema },
    handle: listFiles,
  },
  {
    method: "get",
    path: "/v1/files/{id}",
    summary: "What is known of a file.",
    replies: { [json]: fileSchema },
    handle: retrieveFile,
  },
  {
    method: "delete",
    path: "/v1/files/{id}",
    summary: "Forgets a file.",
    replies: { [json]: fileDeletedSchema },
    handle: deleteFile,
  },
  {
    method: "get",
    path: "/health",
    summary: "Whether questions are taken.",
    open: true,
    replies: { [json]: healthSchema },
    handle: health,
  },
  {
    method: "get",
    path: "/metrics",
    summary: "Counts and times in Prometheus's text format.",
    replies: { "text/plain": undefined },
    handle: ({ metrics }, c) => c.body(metrics.expose(), 200, { "content-type": "text/plain; version=0.0.4" }),
  },
]
