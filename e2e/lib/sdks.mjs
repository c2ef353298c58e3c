// The official clients other than `openai`, as their users make them; no retries, so that every call is one request.
import Anthropic from '@anthropic-ai/sdk';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { ChatOpenAI } from '@langchain/openai';
import { env } from './env.mjs';

/** Its base URL has no version; the key goes out as `x-api-key`. */
export const anthropic = (apiKey) => new Anthropic({ baseURL: env.gateway, apiKey, maxRetries: 0 });

/** Asked for a model by its name alone, it speaks the responses API. */
export const aiOpenai = (apiKey) => createOpenAI({ baseURL: `${env.gateway}/v1`, apiKey });

export const aiCompatible = (apiKey) =>
  createOpenAICompatible({ name: 'llm-platform', baseURL: `${env.gateway}/v1`, apiKey, includeUsage: true, supportsStructuredOutputs: true });

export const langchain = (apiKey, model, fields = {}) =>
  new ChatOpenAI({ model, apiKey, maxRetries: 0, configuration: { baseURL: `${env.gateway}/v1` }, ...fields });
