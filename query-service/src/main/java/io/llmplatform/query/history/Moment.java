package io.llmplatform.query.history;

import java.time.Instant;

/**
 * A moment as a place in the log: everything up to that position had happened, nothing behind it. So an answer is what the
 * platform was after some event, never a mix, whatever the clocks of several instances said.
 *
 * @param at       what depends on the clock (expiry, prices) goes by it
 * @param position of the last event of the configuration by then; 0 before the first
 */
record Moment(Instant at, long position) {}
