/** What the gateway that serves this console says of itself, to anybody. */
export interface FrontDoor {
  status: string
  version: string
  mode?: string
  config: { ready: boolean; connected: boolean; staleness_seconds?: number; entries: number }
  journal: { accepting: boolean; depth: number; bytes: number }
}

/** Answered with 503 as well: it says why. */
export async function getFrontDoor(signal?: AbortSignal): Promise<FrontDoor> {
  const answer = await fetch('/health', {
    headers: { Accept: 'application/json' },
    ...(signal === undefined ? {} : { signal }),
  })
  return (await answer.json()) as FrontDoor
}
