import type { Catalog } from './api'

export const INPUTS: readonly NonNullable<Catalog['input_modalities']>[number][] = [
  'text',
  'image',
  'audio',
  'video',
  'file',
]
export const OUTPUTS: readonly NonNullable<Catalog['output_modalities']>[number][] = [
  'text',
  'image',
  'audio',
  'video',
  'embedding',
  'moderation',
  'score',
]
/** Words that others use too; any other may be typed. */
export const CAPABILITIES: readonly string[] = [
  'tools',
  'parallel_tools',
  'vision',
  'structured_output',
  'json_mode',
  'reasoning',
  'streaming',
  'prompt_caching',
  'web_search',
]
