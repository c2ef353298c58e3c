import { eventually } from './wait.mjs';

/** The usage record of one call, once the read side has it. */
export async function usageOf(admin, requestId) {
  const { value } = await eventually(
    `usage record of ${requestId}`,
    async () => (await admin.get(`usage/requests?request_id=${requestId}`)).data[0],
  );
  return value;
}

/** `[prompt, completion]` as the record has them. */
export const tokensOf = (row) => [row.prompt_tokens, row.completion_tokens];
