/** Limits and budgets: reserved before the upstream is asked, settled with what was used. Keeps counters in memory or in Redis, and the spend ledger that the journal carries; knows neither HTTP nor how a request is served. */
@NullMarked
package io.llmplatform.proxy.limit;

import org.jspecify.annotations.NullMarked;
