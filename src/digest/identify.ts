/**
 * When shards of the gateway may identify. Discord lets as many do so in five seconds as `max_concurrency` says, one for each rest of
 * `shard id / max_concurrency` (developers/topics/gateway, Rate Limiting), in whichever process they run.
 */
export interface IdentifyTurns {
  /** Takes the turn of a key if it is free; otherwise how long to wait before the next try, 0 where it was taken. */
  readonly take: (key: number) => Promise<number>
}
